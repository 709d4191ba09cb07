import fc from "fast-check";
import { expect, it } from "vitest";
import type { Intervals } from "#analytics/intervals.ts";
import { PlantWorld, QUARTER_MS, type Sample, SETTINGS, START_MS } from "#test/plant-world.ts";
import { openPlant } from "./open-plant.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Everything an interval says, with its source by name, so that the order of layers does not matter. */
function told({ tMs, energyKwh, demandKw, possibleKw, pulses, quality, layer, layers }: Intervals): unknown[] {
  return Array.from(tMs, (endMs, i) => [
    endMs,
    energyKwh[i],
    demandKw[i],
    possibleKw[i],
    pulses[i],
    quality[i],
    layers[layer[i] as number],
  ]);
}

const days = { fromMs: START_MS - 3 * DAY_MS, toMs: START_MS + 2 * DAY_MS };

/** A stretch of quarters that a source states. */
const stretch = fc.record({
  source: fc.constantFrom("kyz", "plc", "other"),
  from: fc.integer({ min: 0, max: 400 }),
  kws: fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 30 }),
});

function samplesOf({ from, kws }: { from: number; kws: readonly number[] }): Sample[] {
  return kws.map((kw, i) => ({ tMs: days.fromMs + (from + i + 1) * QUARTER_MS, value: kw / 4 }));
}

it("what is kept is what would be derived anew, whatever comes in between and however late", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(stretch, fc.record({ minutes: fc.integer({ min: 1, max: 300 }) })), { maxLength: 8 }),
      async (steps) => {
        const world = await PlantWorld.open();
        try {
          let heardMs = days.fromMs;
          const kept = world.plant();
          for (const step of steps) {
            if ("minutes" in step) {
              const toMs = heardMs + step.minutes * 60_000;
              await world.pulses(heardMs, toMs, () => 300);
              heardMs = toMs;
            } else await world.say(step.source, "energy", samplesOf(step));
            expect(told(await kept.intervals(days))).toEqual(told(await world.plant().intervals(days)));
            await kept.bills(3);
          }
        } finally {
          await world.close();
        }
      },
    ),
    { numRuns: 12 },
  );
}, 60_000);

it("the order in which sources are listed, and in which they spoke, never changes the answer", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(stretch, { minLength: 1, maxLength: 5 }), fc.boolean(), async (stretches, turned) => {
      const [one, other] = [await PlantWorld.open(), await PlantWorld.open()];
      try {
        for (const world of [one, other]) world.clockMs = days.toMs;
        // What one source says twice differs by the order; only sources are shuffled here.
        const bySource = ["kyz", "plc", "other"].map((source) => stretches.filter((step) => step.source === source));
        for (const step of bySource.flat()) await one.say(step.source, "energy", samplesOf(step));
        for (const step of bySource.toReversed().flat()) await other.say(step.source, "energy", samplesOf(step));
        const sources = turned ? SETTINGS.sources.toReversed() : SETTINGS.sources;
        expect(told(await other.plant({ sources }).intervals(days))).toEqual(told(await one.plant().intervals(days)));
      } finally {
        await Promise.all([one.close(), other.close()]);
      }
    }),
    { numRuns: 15 },
  );
}, 60_000);

it("a new pulse makes the running day new, and nothing else", async () => {
  const world = await PlantWorld.open();
  try {
    await world.pulses(START_MS - 3 * DAY_MS, START_MS + 12 * HOUR_MS, () => 300);
    const reads: number[] = [];
    const read: typeof world.store.read = (id, range, options) => {
      reads.push(range.fromMs);
      return world.store.read(id, range, options);
    };
    const plant = openPlant({ ...world.store, read }, SETTINGS, world.nowMs);
    const all = { fromMs: START_MS - 3 * DAY_MS, toMs: START_MS + DAY_MS };
    await plant.intervals(all);
    expect(reads.length).toBeGreaterThan(6);
    reads.length = 0;
    await plant.intervals(all);
    expect(reads).toEqual([]);
    await world.pulses(START_MS + 12 * HOUR_MS, START_MS + 12 * HOUR_MS + 30_000, () => 300);
    await plant.intervals(all);
    expect(reads.filter((fromMs) => fromMs >= START_MS - 3 * DAY_MS && fromMs < START_MS - HOUR_MS)).toEqual([]);
    expect(reads.length).toBeGreaterThan(0);
  } finally {
    await world.close();
  }
});

it("months that are over are read as they were kept after a restart, and anew once a late file changes them", async () => {
  const world = await PlantWorld.open();
  try {
    await world.pulses(START_MS, START_MS + DAY_MS, () => 300);
    world.clockMs = START_MS + 40 * DAY_MS;
    await world.pulses(world.clockMs, world.clockMs + HOUR_MS, () => 200);
    const march = { fromMs: START_MS, toMs: START_MS + 2 * DAY_MS };
    const before = told(await world.plant().intervals(march));
    await world.restart();
    let reads = 0;
    const read: typeof world.store.read = (...asked) => {
      reads++;
      return world.store.read(...asked);
    };
    const again = openPlant({ ...world.store, read }, SETTINGS, world.nowMs);
    expect(told(await again.intervals(march))).toEqual(before);
    expect(reads).toBe(0);
    await world.say("plc", "energy", [{ tMs: START_MS + QUARTER_MS, value: 99 }]);
    await world.restart();
    const anew = await world.plant().intervals(march);
    expect(anew.energyKwh[0]).toBe(99);
  } finally {
    await world.close();
  }
});

it("years nobody spoke of are answered and not kept, so that asking for them fills neither memory nor disk", async () => {
  const world = await PlantWorld.open();
  try {
    await world.pulses(START_MS, START_MS + HOUR_MS, () => 300);
    const plant = world.plant();
    let written = 0;
    const saveDerived: typeof world.store.saveDerived = async (row) => {
      written++;
      return world.store.saveDerived(row);
    };
    const watched = openPlant({ ...world.store, saveDerived }, SETTINGS, world.nowMs);
    for (const year of [1970, 1999, 2015]) {
      const fromMs = Date.UTC(year, 5, 1, 5);
      const asked = { fromMs, toMs: fromMs + DAY_MS };
      expect(told(await watched.intervals(asked))).toEqual(told(await plant.intervals(asked)));
      expect((await watched.intervals(asked)).tMs.length).toBe(96);
    }
    expect(written).toBe(0);
  } finally {
    await world.close();
  }
});
