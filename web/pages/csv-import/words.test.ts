import { describe, expect, it } from "vitest";
import type { CsvImportAnswer } from "#contract/csv-import.ts";
import { bringsSomething, importSentence, movedWords, newMeterId, sendingWords, withColumn } from "./words.ts";

const answer = (more: Partial<CsvImportAnswer> = {}): CsvImportAnswer => ({
  mode: "preview",
  site: "house",
  zone: "UTC",
  mapping: {},
  evidence: [],
  columns: [],
  names: [],
  needs: [],
  rows: [],
  result: null,
  ...more,
});
const result: NonNullable<CsvImportAnswer["result"]> = {
  sentence: "1,204 readings are new.",
  lines: 1_300,
  readings: 1_300,
  new: 1_204,
  same: 96,
  changed: 0,
  repeated: 0,
  rejected: 0,
  problems: [],
  meters: [],
  importId: null,
};

describe("the first line of an import", () => {
  it("says where it stands", () => {
    expect(importSentence(undefined, undefined)).toBe("Bring in old readings from a file");
    expect(importSentence(answer({ needs: ["Which meter?"] }), "a.csv")).toBe("1 thing to say before a.csv can be read");
    expect(importSentence(answer(), "a.csv")).toBe("a.csv can be read; nothing is kept yet");
    expect(importSentence(answer({ result }), "a.csv")).toBe("1,204 readings are new");
  });

  it("knows whether there is anything to take", () => {
    expect(bringsSomething(result)).toBe(true);
    expect(bringsSomething({ ...result, new: 0 })).toBe(false);
    expect(movedWords({ new: 3, same: 1, changed: 2 })).toBe("3 new, 2 changed, 1 known already");
    expect(movedWords({ new: 0, same: 0, changed: 0 })).toBe("nothing");
  });

  it("says how far a large file is", () => {
    expect(sendingWords("dry-run", 1_000_000, 2_000_000)).toBe("1.00\u00a0MB of 2.00\u00a0MB sent");
    expect(sendingWords("import", 5, 5)).toBe("The server takes it in.");
  });
});

describe("columns with readings", () => {
  it("are turned on and off and named, in their order", () => {
    const one = withColumn([{ column: 2, meter: "house.gas" }], 1, { on: true });
    expect(one).toEqual([{ column: 1 }, { column: 2, meter: "house.gas" }]);
    expect(withColumn(one, 2, { unit: "m3" })[1]).toEqual({ column: 2, meter: "house.gas", unit: "m3" });
    expect(withColumn(one, 2, { on: false })).toEqual([{ column: 1 }]);
    expect(withColumn(one, 2, { meter: "" })[1]).toEqual({ column: 2 });
  });

  it("may name a meter there is not yet", () => {
    expect(newMeterId("house", " Water, cellar ")).toBe("house.water_cellar");
    expect(newMeterId("house", " ,")).toBe("");
  });
});
