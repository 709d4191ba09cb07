import { expect, test } from "vitest";
import { point, sections, series, site } from "./fixture.ts";

const DAY_MS = 86_400_000;
const register = (key: string, everyMs: number) => series(key, { kind: "counter", unit: "kWh", everyMs });

test("what a person reads stands below what moves, and a meter that was removed is not shown", () => {
  const keys = ["flats/a/energy@walk", "flats/b/energy@reader", "flats/gone/energy@walk"] as const;
  const [shown] = sections(
    [site("flats", "Flats")],
    [
      point("flats/a", "Attic", [keys[0]]),
      point("flats/b", "Boiler", [keys[1]]),
      point("flats/gone", "Old", [keys[2]], { removedOn: "2024-11-18" }),
    ],
    [register(keys[0], 31 * DAY_MS), register(keys[1], 900_000), register(keys[2], 31 * DAY_MS)],
  );
  expect(shown?.points.map(({ name }) => name)).toEqual(["Boiler", "Attic"]);
});
