import { describe, expect, test } from "vitest";
import { deleteOf, mergeOf, rowsPerMerge, selectOf } from "./merge.ts";
import { INTERVAL, MONTHLY, TABLES } from "./tables.ts";

describe("a MERGE", () => {
  test("names every column, touches only rows that differ, and keeps other writers out of the key", () => {
    const { sql, parameters } = mergeOf(INTERVAL, [
      [new Date(0), 1, 2, 8, null, false, false],
      [new Date(900_000), 2, 4, 16, null, true, false],
    ]);
    expect(sql).toBe(
      [
        "MERGE dbo.KYZ_Interval WITH (HOLDLOCK) AS t",
        "USING (VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6), (@p7, @p8, @p9, @p10, @p11, @p12, @p13)) AS s (IntervalEnd, PulseCount, kWh, kW, Total_kWh, R17Exclude, KyzInvalidAlarm)",
        "ON t.IntervalEnd = s.IntervalEnd",
        "WHEN MATCHED AND EXISTS (SELECT s.PulseCount, s.kWh, s.kW, s.Total_kWh, s.R17Exclude, s.KyzInvalidAlarm EXCEPT SELECT t.PulseCount, t.kWh, t.kW, t.Total_kWh, t.R17Exclude, t.KyzInvalidAlarm) THEN UPDATE SET PulseCount = s.PulseCount, kWh = s.kWh, kW = s.kW, Total_kWh = s.Total_kWh, R17Exclude = s.R17Exclude, KyzInvalidAlarm = s.KyzInvalidAlarm",
        "WHEN NOT MATCHED BY TARGET THEN INSERT (IntervalEnd, PulseCount, kWh, kW, Total_kWh, R17Exclude, KyzInvalidAlarm) VALUES (s.IntervalEnd, s.PulseCount, s.kWh, s.kW, s.Total_kWh, s.R17Exclude, s.KyzInvalidAlarm);",
      ].join("\n"),
    );
    expect(parameters).toHaveLength(14);
  });

  test("lets the server say when a month was computed", () => {
    const { sql } = mergeOf(MONTHLY, [[new Date(0), 1, 2, 3, 4, 5, 6]]);
    expect(sql).toContain("ComputedAtUtc = SYSUTCDATETIME()");
    expect(sql).toContain("Billed_kW, ComputedAtUtc) VALUES (s.month_start,");
    expect(sql).toContain("s.Billed_kW, SYSUTCDATETIME());");
  });

  test("stays below the 2,100 parameters a server takes, for every table", () => {
    for (const table of TABLES) expect(rowsPerMerge(table) * (table.columns.length + 1)).toBeLessThan(2_100);
  });

  test("carries no value in its text", () => {
    const evil = "x'); DROP TABLE dbo.KYZ_Interval;--";
    const { sql } = mergeOf({ ...MONTHLY, key: { name: "FilePath", type: { name: "NVarChar", length: 450 } } }, [[evil]]);
    expect(sql).not.toContain("DROP");
    expect(selectOf(INTERVAL, new Date(0), new Date(1)).sql).toContain("WHERE IntervalEnd >= @p0 AND IntervalEnd <= @p1");
    expect(deleteOf(INTERVAL, [new Date(0), new Date(1)]).sql).toBe("DELETE FROM dbo.KYZ_Interval WHERE IntervalEnd IN (@p0, @p1);");
  });
});
