import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MeterFigureAnswer } from "#contract/meters.ts";
import { costCsv } from "./cost-csv.ts";
import { groupStacks } from "./group-stacks.ts";
import { moneySum } from "./money.ts";
import { leafMeters, topMeters, unpricedMeters } from "./top-meters.ts";
import { amountTotals, costSection, isWhole, sameMonths, type YearRow } from "./year-rows.ts";

const DAY = 86_400_000;
const pad = (month: number) => String(month).padStart(2, "0");

function figure(month: number, amount: number | null, cost: string | null): MeterFigureAnswer {
  return {
    fromMs: month * 30 * DAY,
    toMs: (month + 1) * 30 * DAY,
    fromLocal: `2026-${pad(month + 1)}-01T00:00:00+01:00`,
    toLocal: `2026-${pad(month + 2)}-01T00:00:00+01:00`,
    amount,
    measured: amount,
    missingMs: 0,
    flags: [],
    cost,
  };
}

interface Parts {
  readonly unit?: string;
  readonly group?: string;
  readonly within?: readonly string[];
  readonly devices?: readonly string[];
  readonly amount?: number | null;
  readonly cost?: string | null;
}

function row(id: string, { unit = "kWh", group = "", within = [], devices = [], amount = 10, cost = null }: Parts): YearRow {
  const months = [0, 1, 2].map((month) => figure(month, amount, cost));
  const year = figure(0, amount === null ? null : 3 * amount, cost === null ? null : moneySum([cost, cost, cost]).amount);
  return { id, name: id, unit, medium: "electricity", group, kind: "physical", within, removedOn: null, devices, months, year };
}

describe("totals of meters", () => {
  test("money is added exactly, and says where a part is not known", () => {
    expect(moneySum(["0.1", "0.2", "-0.05"])).toEqual({ amount: "0.25", partial: false });
    expect(moneySum(["1.10", null])).toEqual({ amount: "1.10", partial: true });
    expect(moneySum([null])).toEqual({ amount: null, partial: true });
    expect(moneySum([])).toEqual({ amount: null, partial: false });
  });

  test("a sum counts its parts: only the sum is added", () => {
    const rows = [row("total", {}), row("nt", { within: ["total"] }), row("flat", { within: ["total"] }), row("lone", {})];
    expect(topMeters(rows).map(({ id }) => id)).toEqual(["total", "lone"]);
    expect(leafMeters(rows).map(({ id }) => id)).toEqual(["nt", "flat", "lone"]);
  });

  test("a part whose sum is filtered away is added itself, and a part of a part is found over a gap", () => {
    expect(topMeters([row("nt", { within: ["total"] })])).toHaveLength(1);
    expect(topMeters([row("a", {}), row("b", { within: ["a"] }), row("c", { within: ["b"] })]).map(({ id }) => id)).toEqual(["a"]);
  });

  test("meters that stand within each other in a ring all stay, and the list is never emptied", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 12 }), (edges) => {
        const rows = [0, 1, 2, 3, 4, 5].map((index) =>
          row(String(index), { within: edges.filter(([from]) => from === index).map(([, to]) => String(to)) }),
        );
        expect(topMeters(rows).length).toBeGreaterThan(0);
      }),
    );
  });

  test("costs: a priced sum stands for its parts, priced parts for a sum without a price", () => {
    const sum = [row("total", { cost: "30" }), row("flat", { within: ["total"], cost: "10" })];
    expect(costSection("All", sum)).toMatchObject({ year: { amount: "90", partial: false }, leftOut: ["flat"] });
    const parts = [row("total", {}), row("flat", { within: ["total"], cost: "10" })];
    expect(costSection("All", parts)).toMatchObject({ year: { amount: "30", partial: false }, leftOut: ["total"] });
  });

  test("costs: what lies within a priced sum needs no price of its own, what nobody prices does", () => {
    const all = [
      row("total", {}),
      row("flat", { within: ["total"], cost: "10" }),
      row("common", { within: ["total"] }),
      row("gas", { cost: "5" }),
      row("fire", { within: ["gas"] }),
      row("water", {}),
      row("tap", { within: ["water"] }),
      row("gone", { amount: null }),
    ];
    const isPriced = ({ year }: YearRow) => year.cost !== null;
    expect(unpricedMeters(all, isPriced).map(({ id }) => id)).toEqual(["common", "water", "gone"]);
    expect(costSection("All", all)).toMatchObject({
      unpriced: 2,
      year: { amount: "45", partial: true },
      leftOut: ["total", "fire", "tap"],
    });
  });

  test("costs: a meter that counted and has no price makes the sum a part", () => {
    expect(costSection("All", [row("a", { cost: "1.5" }), row("b", {})]).year).toEqual({ amount: "4.5", partial: true });
    expect(costSection("All", [row("a", { cost: "1.5" }), row("b", { amount: null })]).year).toEqual({ amount: "4.5", partial: false });
  });

  test("amounts are told in one unit where they can be", () => {
    const totals = amountTotals(
      [row("a", {}), row("b", {}), row("c", { unit: "MWh", amount: 1 }), row("d", { unit: "units" })],
      ({ year }) => ({
        amount: year.amount,
        measured: year.measured,
        before: null,
      }),
    );
    expect(totals.map(({ unit, amount }) => [unit, amount])).toEqual([
      ["kWh", 3060],
      ["units", 30],
    ]);
  });

  test("a meter that was not there the year before is no thrift of the others", () => {
    const before = new Map([["a", 20]]);
    const [total] = amountTotals([row("a", {}), row("b", {})], ({ id, year }) => ({
      amount: year.amount,
      measured: null,
      before: before.get(id) ?? null,
    }));
    expect(total?.before).toBeNull();
  });

  test("only whole months of both years are compared", () => {
    const now = 70 * DAY;
    const running = { ...figure(2, 4, null), toMs: now, toLocal: "2026-03-11T09:00:00+01:00" };
    const year = { ...row("a", {}), months: [figure(0, 10, null), figure(1, 10, null), running] };
    expect(isWhole(running, now)).toBe(false);
    expect(sameMonths(year, row("a", { amount: 12 }), now)).toMatchObject({ amount: 20, before: 24 });
    expect(sameMonths(year, undefined, now).before).toBeNull();
  });

  test("groups are stacked by their parts, without the main meter that counts them all again", () => {
    const rows = [
      row("total", { amount: 31 }),
      row("main", { group: "Cellar", within: ["total"], amount: 31 }),
      row("eg", { group: "Ground", within: ["total"], amount: 11 }),
      row("og", { group: "First", within: ["total"], amount: 12 }),
      row("rest", { within: ["total"], amount: 8 }),
    ];
    const stacks = groupStacks(rows, Number.POSITIVE_INFINITY);
    expect(stacks?.groups.map(({ name, total }) => [name, total])).toEqual([
      ["First", 36],
      ["Ground", 33],
      ["No group", 24],
    ]);
    expect(stacks?.total).toBe(93);
    expect(groupStacks(rows.slice(0, 2), 0)).toBeUndefined();
  });

  test("devices that followed one another count again what the flats under the same sum do: they are left out together", () => {
    const rows = [
      row("total", { amount: 30, group: "House", devices: ["old", "new"] }),
      row("old", { amount: 20, group: "House", within: ["total"] }),
      row("new", { amount: 10, group: "House", within: ["total"] }),
      row("attic", { amount: 12, group: "Attic", within: ["total"] }),
      row("stairs", { amount: 18, group: "House", within: ["total"] }),
    ];
    const stacks = groupStacks(rows, Number.POSITIVE_INFINITY);
    expect(stacks?.groups.map(({ name, total }) => [name, total])).toEqual([
      ["Attic", 36],
      ["House", 54],
    ]);
  });

  test("a file has a line for each month, and no cell a spreadsheet would run", () => {
    const file = costCsv([{ site: "haus", name: "Haus", currency: "EUR", rows: [{ ...row("a", { cost: "1.20" }), name: '=cmd "x", 2' }] }]);
    const lines = file.trim().split("\r\n");
    expect(lines).toHaveLength(4);
    expect(lines[1]).toBe(
      `haus,a,"'=cmd ""x"", 2",,electricity,kWh,EUR,2026-01,2026-01-01T00:00:00+01:00,2026-02-01T00:00:00+01:00,10,10,1.20`,
    );
  });
});
