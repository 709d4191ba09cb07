import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ZoneDetailAnswer } from "#contract/building.ts";
import { at, type BuildingHouse, frame, MINUTE_MS, NOW_MS, openBuildingHouse, type SaidRow, SITE } from "./building-house.ts";
import { get } from "./house.ts";
import { ask } from "./meter-house.ts";

const ZONE_URL = `/api/v1/buildings/${SITE}/zones/vav-1-01`;

let house: BuildingHouse;
beforeEach(async () => {
  house = await openBuildingHouse();
  const fromMs = at("2026-03-02 00:00");
  const steps = Math.floor((NOW_MS - fromMs) / (10 * MINUTE_MS));
  const isDown = (tMs: number): boolean => tMs >= at("2026-03-05 09:00") && tMs < at("2026-03-05 13:00");
  const poll = (value: (i: number) => number, status: (i: number) => string | undefined = () => undefined): SaidRow[] =>
    Array.from({ length: steps }, (_, i): SaidRow => {
      const said = status(i);
      return said === undefined ? [fromMs + i * 10 * MINUTE_MS, value(i)] : [fromMs + i * 10 * MINUTE_MS, value(i), said];
    }).filter(([tMs]) => !isDown(tMs));
  const fan = Array.from({ length: 8 }, (_, i): SaidRow[] => {
    const dayMs = fromMs + i * 24 * 60 * MINUTE_MS;
    return [
      [dayMs + 390 * MINUTE_MS, "On"],
      [dayMs + 1_000 * MINUTE_MS, "Off"],
    ];
  }).flat();
  await house.hear(
    frame("Vav1$2d01$20Space$20Temp", poll((i) => 69 + (i % 17) / 2, (i) => (i % 41 === 7 ? "{fault}" : undefined))), // biome-ignore format: one row
    frame("Vav1$2d01$20Effective$20Setpoint", [
      [fromMs - 60 * MINUTE_MS, 72],
      [at("2026-03-04 11:17"), 74],
      [at("2026-03-06 08:05"), 71, "{down}"],
      [at("2026-03-06 10:00"), 72],
    ]),
    frame("Ahu1$20Fan$20Status", fan),
  );
});
afterEach(() => house.close());

const text = async (from: string, to: string): Promise<string> => {
  const answer = await get(house, `${ZONE_URL}?from=${from}&to=${to}`);
  expect(answer.status).toBe(200);
  return answer.text;
};
const zone = async (from: string, to: string): Promise<ZoneDetailAnswer> => JSON.parse(await text(from, to));
const unjudgedMs = ({ comfort }: ZoneDetailAnswer): number =>
  comfort.notJudged.filter(({ why }) => why !== "warm-up").reduce((sum, { ms }) => sum + ms, 0);

describe("comfort over the routes", () => {
  test("of the days adds up to that of the stretch, and what is judged and what is not to the occupied time", async () => {
    const dates = Array.from({ length: 8 }, (_, i) => `2026-03-0${i + 2}`);
    const whole = await zone("2026-03-02", "2026-03-09");
    const days = await Promise.all(dates.map((date) => zone(date, date)));
    expect(whole.comfort.judgedMs).toBeGreaterThan(0);
    expect(whole.comfort.notJudged.map(({ why }) => why)).toEqual(["warm-up", "air-handler-off", "no-value", "no-setpoint"]);
    for (const key of ["samples", "judgedMs", "tooWarmMs", "tooColdMs", "discomfortDegreeHours"] as const)
      expect(days.reduce((sum, { comfort }) => sum + (comfort[key] ?? 0), 0)).toBeCloseTo(whole.comfort[key] as number, 6);
    for (const one of [whole, ...days])
      expect(one.comfort.judgedMs + unjudgedMs(one)).toBe(one.occupied.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0));
  });

  test("is the same when it is asked again", async () => {
    expect(await text("2026-03-02", "2026-03-09")).toBe(await text("2026-03-02", "2026-03-09"));
  });
});

describe("what a person says", () => {
  test("of a setpoint changes the days it is of and no other, and undone every byte is back", async () => {
    const dates = ["2026-03-03", "2026-03-04", "2026-03-05"] as const;
    const texts = () => Promise.all(dates.map((date) => text(date, date)));
    const before = await texts();
    // The one of the fourth, 11:17, holds until the station falls silent on the fifth.
    const made = await ask(house, "POST", "/corrections", {
      ...{ series: await seriesOf("effective-setpoint"), action: "set", why: "typed wrong", value: 78 },
      ...{ from: "2026-03-04T11:17", to: "2026-03-04T11:18" },
    });
    expect(made.status).toBe(200);
    const after = await texts();
    expect(after.map((one, i) => one === before[i])).toEqual([true, false, false]);
    const cold = (one: string | undefined): number => (JSON.parse(one ?? "{}") as ZoneDetailAnswer).comfort.tooColdMs;
    expect(cold(after[1])).toBeGreaterThan(cold(before[1]));
    const undone = await ask(house, "DELETE", `/corrections/${made.json.correction.id}`);
    expect(undone.status).toBe(200);
    expect(await texts()).toEqual(before);
  });

  test("of a name changes the zone, and undone every byte is back", async () => {
    const before = await text("2026-03-03", "2026-03-03");
    const point = (await seriesOf("effective-setpoint")).split("/")[1]?.split("/")[0] as string;
    const said = await ask(house, "PUT", `/buildings/${SITE}/points/${point}`, { role: "none" });
    expect(said.status).toBe(200);
    expect((await zone("2026-03-03", "2026-03-03")).comfort).toMatchObject({ samples: 0, by: "none" });
    await ask(house, "DELETE", `/buildings/${SITE}/facts/${said.json.id}`);
    expect(await text("2026-03-03", "2026-03-03")).toBe(before);
  });
});

async function seriesOf(role: string): Promise<string> {
  const { now } = await zone("2026-03-03", "2026-03-03");
  return now.find((one) => one.role === role)?.series as string;
}
