import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { historyPlace } from "#dialects/niagara-place.ts";
import { readObix } from "./obix-answer.ts";
import { itemsOfRecords, itemsOfRollups } from "./obix-readings.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const HISTORY = { place: historyPlace({ station: "Depot", path: "Meter" }), units: {}, zone: undefined };
const record = (time: string, value: string): string =>
  `<obj><abstime name="timestamp" val="${time}"/><real name="value" val="${value}"/></obj>`;
const answer = (records: string): string =>
  `<obj is="obix:HistoryQueryOut"><list name="data" of="obix:HistoryRecord">${records}</list></obj>`;

function readings(text: string) {
  const read = readObix(bytes(text));
  if (read.kind !== "records") throw new Error(JSON.stringify(read));
  return itemsOfRecords(read.records, HISTORY).flatMap(({ item }) => ("reading" in item ? [item.reading] : []));
}

describe("an answer of oBIX", () => {
  it("gives back every record, whatever its numbers", () => {
    const rows = fc.uniqueArray(
      fc.tuple(fc.integer({ min: 0, max: 2_000_000_000_000 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
      {
        selector: ([tMs]) => tMs,
        maxLength: 50,
      },
    );
    fc.assert(
      fc.property(rows, (given) => {
        const text = answer(given.map(([tMs, value]) => record(new Date(tMs).toISOString(), String(value))).join(""));
        expect(readings(text).map(({ tMs, value }) => [tMs, value])).toEqual(given.map(([tMs, value]) => [tMs, value + 0]));
      }),
    );
  });

  it("cut anywhere is no answer", () => {
    const whole = answer(record("2026-05-01T00:00:00Z", "7") + record("2026-05-01T00:01:00Z", "8"));
    expect(readObix(bytes(whole)).kind).toBe("records");
    for (let length = 1; length < whole.length; length += 1)
      expect([length, readObix(bytes(whole.slice(0, length))).kind]).toEqual([length, "unreadable"]);
  });

  it.each([
    ["ten megabytes of depth", "<obj>".repeat(2_000_000), "not-xml"],
    ["names that stand for names", `<!DOCTYPE a [<!ENTITY a "b">]>${answer("")}`, "xml-entities"],
    ["a page", "Please sign in", "not-xml"],
    ["nothing", "", "not-xml"],
    ["a key of every object", "<__proto__ is='x'/>", "not-xml"],
  ])("that is %s is refused", (_what, text, code) => {
    expect(readObix(bytes(text))).toMatchObject({ kind: "unreadable", reject: { code } });
  });

  it("with marks in comments, character data and quoted texts is whole where every element ends", () => {
    const list = '<list name="data" of="#RecordDef obix:HistoryRecord"/>';
    const told = (inner: string) => readObix(new TextEncoder().encode(`<obj>${inner}${list}</obj>`)).kind;
    for (const inner of ["<!-- <a> -->", "<![CDATA[ <a> ]]>", '<str val="a > b"/>', `<!--${"- ".repeat(3_000_000)}-->`])
      expect(told(inner)).toBe("records");
    expect(told("<!-- <obj>")).toBe("unreadable");
  });

  it("with a text of nothing but beginnings of comments is read in one pass", () => {
    const answer = readObix(new TextEncoder().encode(`<obj val="${"<!--".repeat(250_000)}"/>`));
    expect(answer).toMatchObject({ kind: "object" });
  });

  it("that is an error is one, whatever element says it", () => {
    for (const text of ['<err is="obix:BadUriErr" display="No such history"/>', '<obj is="obix:BadUriErr" display="No such history"/>'])
      expect(readObix(bytes(text))).toEqual({
        kind: "error",
        contract: "obix:BadUriErr",
        sentence: 'The station answers with an error: "No such history".',
      });
  });

  it("lists the histories of a station", () => {
    const list = '<obj href="http://s/obix/histories/Depot/"><ref name="Vav1$2d01" href="Vav1$2d01/" is="obix:History"/></obj>';
    expect(readObix(bytes(list))).toMatchObject({ kind: "object", refs: [{ name: "Vav1$2d01", href: "Vav1$2d01/", is: "obix:History" }] });
  });
});

const FOLDER = process.env["WATTKEEP_REAL_DATA"];
if (!FOLDER) console.info("The check against real answers of oBIX is skipped: WATTKEEP_REAL_DATA names no folder.");

interface Expected {
  readonly points?: readonly (readonly [string, number])[];
  readonly rows?: readonly (readonly [start: string, end: string, count: number, min: number, max: number, avg: number, sum: number])[];
}

describe.skipIf(!FOLDER)("real answers of oBIX", () => {
  const folder = join(FOLDER ?? "", "buildings/obix");
  const expected = (): Record<string, Expected> =>
    (JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as { files: Record<string, Expected> }).files;

  it.each(["contiki_history_query_out.xml", "vtt_history_query_out.xml"])("%s", (name) => {
    const said = readings(readFileSync(join(folder, name), "utf8"));
    const points = expected()[name]?.points ?? [];
    expect(points.length).toBeGreaterThan(4);
    // What is finer than a millisecond is cut.
    const instants = points.map(([time, value]) => [Date.parse(time.replace(/(\.\d{3})\d+/, "$1")), value]);
    expect(said.map(({ tMs, value }) => [tMs, value])).toEqual(instants);
  });

  it("vtt_history_rollup_out.xml", () => {
    const read = readObix(readFileSync(join(folder, "vtt_history_rollup_out.xml")));
    if (read.kind !== "rollup") throw new Error(read.kind);
    const said = itemsOfRollups(read.rollups, HISTORY).flatMap(({ item }) => ("reading" in item ? [item.reading] : []));
    for (const [, end, count, min, max, avg, sum] of expected()["vtt_history_rollup_out.xml"]?.rows ?? []) {
      const here = said.filter(({ tMs }) => tMs === Date.parse(end));
      const value = (name: string) => here.find(({ quantity }) => quantity === `value-${name}`)?.value;
      expect(["count", "minimum", "maximum", "average", "sum"].map(value)).toEqual([count, min, max, avg, sum]);
      expect(Math.abs(sum - avg * count)).toBeLessThan(1e-9);
    }
  });

  it("error_unknown_query.xml", () => {
    expect(readObix(readFileSync(join(folder, "error_unknown_query.xml")))).toMatchObject({ kind: "error", contract: "obix:BadUriErr" });
  });
});
