import { afterEach, beforeEach, expect, it } from "vitest";
import { BuildingWorld } from "#test/building-world.ts";
import { GatheredReads } from "./gathered-reads.ts";

const MINUTE = 60_000;

let world: BuildingWorld;
beforeEach(async () => {
  world = await BuildingWorld.open("2026-03-12 16:00");
  for (const name of ["VAV 1-01 Space Temp", "VAV 1-02 Space Temp"]) {
    const rows = Array.from({ length: 90 }, (_, i) => [world.at("2026-03-12 08:00") + i * MINUTE, i] as const);
    await world.say(name, rows, { unit: "°F" });
  }
});
afterEach(() => world.close());

it("answers each read as if it had been asked alone, and instants of one poll by one list", async () => {
  const reads = new GatheredReads(world.store);
  const ids = (await world.store.registry()).series.map(({ id }) => id);
  const ranges = [world.range("2026-03-12 08:10", "2026-03-12 09:00"), world.range("2026-03-12 08:30", "2026-03-13")];
  const asked = ranges.flatMap((range) => Array.from({ length: 30 }, (_, i) => ({ id: ids[i % ids.length] as number, range })));
  const together = await Promise.all(asked.map(({ id, range }) => reads.read(id, range)));
  const alone = await Promise.all(asked.map(({ id, range }) => world.store.read(id, range)));
  expect(together).toEqual(alone);
  expect(new Set(together.map(({ tMs }) => tMs)).size).toBe(ranges.length);
});

it("fails only what cannot be read", async () => {
  const reads = new GatheredReads(world.store);
  const range = world.range("2026-03-12 08:00", "2026-03-13");
  const [good, bad] = await Promise.allSettled([reads.read(1, range), reads.read(99, range)]);
  expect([good.status, bad.status]).toEqual(["fulfilled", "rejected"]);
});
