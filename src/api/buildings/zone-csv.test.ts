import { expect, test } from "vitest";
import type { Role } from "#buildings/role.ts";
import { zoneCsv } from "./zone-csv.ts";

const column = (rows: readonly (readonly [tMs: number, value: number])[], changeOfValue: boolean, unit = "°F") => ({
  ...{ series: "s", unit, changeOfValue },
  column: {
    tMs: Float64Array.from(rows, ([tMs]) => tMs),
    value: Float64Array.from(rows, ([, value]) => value),
    quality: new Uint16Array(rows.length),
  },
});

test("what is polled stands at its instants, what speaks on change is repeated while it holds, and nothing stands for what is not known", () => {
  const columns = new Map<Role, ReturnType<typeof column>>([
    ["reheat", column([[60_000, 30]], false, "%")],
    ["effective-setpoint", column([[-9_000_000, 72], [90_000, Number.NaN]], true)], // biome-ignore format: one row
    ["space-temp", column([[-5_000, 70], [0, 71], [60_000, 72.5], [120_000, 73]], false)], // biome-ignore format: one row
  ]);
  const text = [...zoneCsv({ columns, range: { fromMs: 0, toMs: 120_000 } }, "Asia/Kolkata")].join("");
  expect(text).toBe(
    [
      "time (Asia/Kolkata),time (UTC),Space temperature [°F],Setpoint [°F],Reheat [%]",
      "1970-01-01T05:30:00+05:30,1970-01-01T00:00:00Z,71,72,",
      "1970-01-01T05:31:00+05:30,1970-01-01T00:01:00Z,72.5,72,30",
      "1970-01-01T05:31:30+05:30,1970-01-01T00:01:30Z,,,",
      "",
    ].join("\r\n"),
  );
});
