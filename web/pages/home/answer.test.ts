import { expect, it } from "vitest";
import type { HomeInfo, HomeSummaryAnswer } from "#contract/home.ts";
import { HOME_SUMMARY_EXAMPLE, HOMES_EXAMPLE } from "#contract/home-examples.ts";
import { answerSentence, readerState } from "./answer.ts";

const home = HOMES_EXAMPLE.homes[0] as HomeInfo;
const nowMs = HOME_SUMMARY_EXAMPLE.nowMs;

function said(
  change: { power?: Partial<HomeSummaryAnswer["power"]>; today?: Partial<HomeSummaryAnswer["today"]>; home?: Partial<HomeInfo> } = {},
): string {
  const summary: HomeSummaryAnswer = {
    ...HOME_SUMMARY_EXAMPLE,
    power: { ...HOME_SUMMARY_EXAMPLE.power, powerW: -1418, ...change.power },
    today: { ...HOME_SUMMARY_EXAMPLE.today, boughtKwh: 4.862, cost: "1.9312", typicalSoFarKwh: 7.3, ...change.today },
  };
  const known = { ...home, ...change.home };
  return answerSentence({ home: known, summary, state: readerState(known, summary.power.atMs, nowMs), nowMs }).replaceAll("\u00a0", " ");
}

it("answers in one line: power now, energy, cost, and a typical day by this hour", () => {
  expect(said()).toBe("Exporting 1.42 kW. Bought 4.86 kWh today for €1.93, a third less than a typical Tuesday.");
});

it("says what is drawn, and that it is only about so much where it follows from the register", () => {
  expect(said({ power: { powerW: 412 } })).toMatch(/^Drawing 412 W\. /);
  expect(said({ power: { powerW: 500, derived: true }, home: { wholeKwh: true } })).toMatch(/^Drawing about 500 W\. Bought 5 kWh today/);
});

it("says since when a reader is silent, instead of an old power", () => {
  expect(said({ power: { atMs: nowMs - 50 * 60_000 } })).toMatch(/^No reading since 17:14\. Bought/);
});

it("leaves out what is not known", () => {
  expect(said({ today: { cost: null, typicalSoFarKwh: null } })).toBe("Exporting 1.42 kW. Bought 4.86 kWh today.");
  expect(said({ today: { boughtKwh: null } })).toBe("Exporting 1.42 kW. What was bought today is not known yet.");
  expect(said({ power: { powerW: null } })).toMatch(/^Bought/);
});

it("waits for five spacings of the reader before it calls it silent", () => {
  expect(readerState(home, null, nowMs)).toBe("none");
  expect(readerState(home, nowMs - 11_000, nowMs)).toBe("live");
  expect(readerState(home, nowMs - 3_600_000, nowMs)).toBe("silent");
});
