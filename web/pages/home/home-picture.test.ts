import fc from "fast-check";
import { expect, it } from "vitest";
import type { HomeChartAnswer } from "#contract/home.ts";
import { energyAt } from "#web/charts/power-scene.ts";
import { newestMs, pictureOf, withTail } from "./home-picture.ts";

const S = 10_000;

/** An answer with a reading every ten seconds; energy is what the power comes to since `fromMs`. */
function answer(fromMs: number, powers: readonly (number | null)[], stepMs = 0): HomeChartAnswer {
  let kwh = 0;
  const step = stepMs === 0 ? S : stepMs;
  const bought = powers.map((watts) => {
    if (watts === null) return null;
    kwh += (watts * step) / 3.6e9;
    return kwh;
  });
  return {
    fromMs,
    toMs: fromMs + (powers.length + 1) * step,
    stepMs,
    // Raw readings stand at the end of what they tell, rows at their beginning.
    tMs: powers.map((_, row) => fromMs + (stepMs === 0 ? row + 1 : row) * step),
    powerW: [...powers],
    minW: [...powers],
    maxW: [...powers],
    quality: powers.map(() => 0),
    boughtKwh: bought,
    soldKwh: powers.map(() => null),
    phasesW: null,
    derived: false,
    typical: { tMs: [], powerW: [], days: 0 },
  };
}

it("stands a mean in the middle of its row and a reading where it was read", () => {
  expect([...pictureOf(answer(0, [1, 2], 60_000), S).power.tMs]).toEqual([30_000, 90_000]);
  expect([...pictureOf(answer(0, [1, 2]), S).power.tMs]).toEqual([S, 2 * S]);
});

it("holds derived power back from the end of its row", () => {
  const picture = pictureOf({ ...answer(0, [1, 2], 60_000), derived: true }, S);
  expect([...picture.power.tMs]).toEqual([60_000, 120_000]);
});

it("holds each step of a register from its beginning to the next, hours apart or not, and breaks only where the answer says so", () => {
  const H = 3_600_000;
  const steps = {
    ...answer(0, [1_000, 500, null, 250, 250]),
    tMs: [0, H, 3 * H, 5 * H, 9 * H],
    boughtKwh: [0, 1, null, 2, 3],
    derived: true,
  };
  const { power, boughtKwh, gapMs } = pictureOf(steps, S);
  const rows = [...power.tMs].map((t, row) => [power.startMs[row], t, power.value[row], boughtKwh[row], power.broken[row]]);
  expect(rows).toEqual([
    [0, 0, 1_000, 0, 0],
    [0, H, 1_000, 1, 0],
    [H, 3 * H, 500, 2, 0],
    [5 * H, 5 * H, 250, 2, 1],
    [5 * H, 9 * H, 250, 3, 0],
  ]);
  expect(gapMs).toBe(Number.POSITIVE_INFINITY);
});

it("has no rows where nothing is known of yet", () => {
  const picture = pictureOf(answer(0, [1, 2, null, null], 60_000), S);
  expect(picture.power.tMs).toHaveLength(2);
  expect(newestMs(picture)).toBe(60_000);
});

it("breaks the line over what was not heard", () => {
  const rows = Array.from({ length: 30 }, (_, row) => (row > 5 && row < 20 ? null : 100));
  const { power } = pictureOf(answer(0, rows), S);
  expect([...power.broken].flatMap((broken, row) => (broken === 1 ? [row] : []))).toContain(20);
});

it("counts energy on where a tail begins: as if all had come at once", () => {
  const powers = fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 4, maxLength: 60 });
  fc.assert(
    fc.property(powers, fc.nat(), (all, cut) => {
      const count = 1 + (cut % (all.length - 2));
      const whole = pictureOf(answer(0, all), S);
      const head = pictureOf(answer(0, all.slice(0, count)), S);
      const fromMs = newestMs(head) ?? 0;
      const grown = withTail(head, pictureOf(answer(fromMs, all.slice(count)), S), fromMs);
      expect([...grown.power.tMs]).toEqual([...whole.power.tMs]);
      expect([...grown.power.value]).toEqual([...whole.power.value]);
      expect([...grown.power.broken]).toEqual([...whole.power.broken]);
      for (const [row, kwh] of grown.boughtKwh.entries()) expect(kwh).toBeCloseTo(whole.boughtKwh[row] ?? Number.NaN, 9);
    }),
  );
});

it("takes the place of a row that was still filling", () => {
  const head = pictureOf(answer(0, [600, 600], 60_000), S);
  const tail = pictureOf(answer(60_000, [600, 600, 600, 600, 600, 600, 600]), S);
  const grown = withTail(head, tail, 60_000);
  expect(grown.power.tMs[0]).toBe(30_000);
  expect(grown.power.tMs[1]).toBe(70_000);
  expect(energyAt(grown, 130_000)).toBeCloseTo((600 * 130) / 3.6e6, 9);
});

it("is the same picture where nothing came", () => {
  const head = pictureOf(answer(0, [1, 2]), S);
  expect(withTail(head, pictureOf(answer(2 * S, []), S), 2 * S)).toBe(head);
});
