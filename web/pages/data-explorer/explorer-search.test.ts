import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSearch, stringifySearch } from "#web/client/search.ts";
import { type IntervalSearch, intervalSearchOf } from "./explorer-search.ts";

const read = (text: string) => intervalSearchOf(parseSearch(text));

describe("the address of the interval table", () => {
  it("says plant, time, filters, order, page and the open row", () => {
    expect(
      read(
        "?plant=mill.main&range=7d&flag=missing&without=excludedFromDemand&without=invalidAlarm&minKw=350&maxKw=412.5&sort=-kw&page=3&row=1772697600000",
      ),
    ).toEqual({
      plant: "mill.main",
      range: "7d",
      flag: "missing",
      without: ["excludedFromDemand", "invalidAlarm"],
      minKw: 350,
      maxKw: 412.5,
      sort: "-kw",
      page: 3,
      row: 1_772_697_600_000,
    });
  });

  it("leaves out what it does not understand", () => {
    expect(read("?flag=red&without=blue&minKw=much&sort=colour&page=-2&row=first&range=ever")).toEqual({});
  });

  it("takes the ends as the old dashboard's links and as ours: ISO 8601 or epoch milliseconds", () => {
    expect(read("?from=2026-03-05T00:00:00Z&to=1772755200000")).toEqual({ from: 1_772_668_800_000, to: 1_772_755_200_000 });
  });

  it("names what is wrong with a time somebody typed", () => {
    expect(read("?from=2026-03-06T00:00:00Z&to=2026-03-05T00:00:00Z")).toEqual({ wrong: "order" });
    expect(read("?from=2026-03-06T00:00:00Z&to=2026-03-06T00:00:00Z")).toEqual({ wrong: "order" });
    expect(read("?from=yesterday&to=2026-03-05T00:00:00Z")).toEqual({ wrong: "unreadable" });
    expect(read("?from=2026-03-05T00:00:00Z")).toEqual({ wrong: "half" });
  });

  it("reads back every view it wrote", () => {
    const flag = fc.constantFrom("missing", "any", "excludedFromDemand", "not-demand", "suspect");
    const view = fc.record(
      {
        plant: fc.stringMatching(/^[a-z0-9]{1,8}\.[a-z0-9 &=%]{1,8}[a-z]$/),
        flag,
        without: fc.uniqueArray(flag, { minLength: 1, maxLength: 4 }),
        minKw: fc.integer({ min: -1000, max: 10_000 }).map((tenths) => tenths / 10),
        sort: fc.constantFrom("time", "kw", "-kwh"),
        page: fc.integer({ min: 2, max: 400 }),
        row: fc.integer({ min: 1, max: 4_102_444_800_000 }),
        from: fc.integer({ min: 1_000_000_000, max: 1_700_000_000_000 }),
        to: fc.integer({ min: 1_700_000_000_001, max: 4_102_444_800_000 }),
      },
      { requiredKeys: ["from", "to"] },
    );
    fc.assert(
      fc.property(view, (given) => {
        expect(read(stringifySearch(given))).toEqual(given satisfies IntervalSearch);
      }),
    );
  });
});
