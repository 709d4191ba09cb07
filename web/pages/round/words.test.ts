import { describe, expect, it } from "vitest";
import type { RoundAnswer } from "#contract/round.ts";
import type { QueuedReading } from "./queue.ts";
import { nextStop, walkOf } from "./walk.ts";
import { daysAgo, dueWords, queueSentence, roundSentence, stateWords } from "./words.ts";

const stop = (meter: string, due = true): RoundAnswer["stops"][number] => ({
  meter,
  site: "house",
  name: meter,
  group: "",
  medium: "water",
  unit: "m3",
  serial: null,
  decimals: 0,
  due,
  dueMs: null,
  lastMs: null,
  lastValue: null,
  expected: null,
  low: null,
  high: null,
  perDay: null,
});
const reading = (meter: string, more: Partial<QueuedReading> = {}): QueuedReading => ({
  key: meter,
  meter,
  name: meter,
  unit: "m3",
  decimals: 0,
  tMs: 0,
  value: 1,
  note: "",
  photo: null,
  photoSent: false,
  unusual: false,
  state: "sent",
  sentence: "",
  keptMs: 0,
  ...more,
});
const answer: RoundAnswer = { nowMs: 0, stops: [stop("a"), stop("b"), stop("c"), stop("rare", false)] };
const none = { all: false, skipped: new Set<string>() };

describe("a walk", () => {
  it("goes to what is due, and on demand to all", () => {
    expect(walkOf(answer, [], none).stops.map((one) => one.stop.meter)).toEqual(["a", "b", "c"]);
    expect(walkOf(answer, [], { ...none, all: true }).stops).toHaveLength(4);
  });

  it("keeps what was read on it although it is due no more", () => {
    const after = { ...answer, stops: answer.stops.map((one) => ({ ...one, due: one.meter === "b" })) };
    const walk = walkOf(after, [reading("a"), reading("c", { unusual: true })], none);
    expect(roundSentence(walk)).toBe("Read 2 of 3, 1 unusual, 1 to go");
  });

  it("goes on with the next that is left, round the corner and to an end", () => {
    const walk = walkOf(answer, [reading("b")], { all: false, skipped: new Set(["a"]) });
    expect(roundSentence(walk)).toBe("Read 1 of 3, 1 skipped, 1 to go");
    expect(nextStop(walk, "b")?.stop.meter).toBe("c");
    expect(nextStop(walk, "c")).toBeUndefined();
    expect(nextStop(walkOf(answer, [], none), "c")?.stop.meter).toBe("a");
    expect(nextStop(walkOf(answer, [], none), undefined)?.stop.meter).toBe("a");
  });

  it("says at its beginning what there is to do", () => {
    expect(roundSentence(walkOf(answer, [], none))).toBe("3 meters to read");
    expect(roundSentence(walkOf({ nowMs: 0, stops: [] }, [], none))).toBe("No meter is due today");
  });
});

describe("words about what waits", () => {
  it("count it, and say what it waits for", () => {
    expect(queueSentence([reading("a")], { end: "done" })).toBeUndefined();
    const two = [reading("a", { state: "waiting" }), reading("b", { state: "refused" })];
    expect(queueSentence(two, { end: "signed-out" })).toBe(
      "1 reading waits on this device, 1 reading was refused: sign in again and they are sent",
    );
    expect(queueSentence(two.slice(1), { end: "away", sentence: "" })).toBe("1 reading was refused");
    expect(queueSentence([reading("a", { state: "waiting" })], { end: "away", sentence: "" })).toContain("when the server is back");
  });

  it("never say a state by colour alone", () => {
    expect(stateWords(reading("a")).words).toBe("✓ sent");
    expect(stateWords(reading("a", { unusual: true })).words).toBe("! sent, unusual");
    expect(stateWords(reading("a", { state: "refused" })).words).toBe("✕ refused");
    expect(stateWords(reading("a", { state: "waiting" })).words).toBe("– waiting");
  });

  it("count the days since a reading as people do, by midnights", () => {
    const at = (text: string) => new Date(text).getTime();
    expect(daysAgo(at("2026-03-04T23:50:00"), at("2026-03-05T00:10:00"))).toBe("yesterday");
    expect(daysAgo(at("2026-03-05T00:10:00"), at("2026-03-05T23:50:00"))).toBe("today");
    expect(daysAgo(at("2026-01-15T12:00:00"), at("2026-03-05T08:00:00"))).toBe("49 days ago");
  });
});

it("a day to come is told in days, also where the house's midnight lies in this device's evening", () => {
  const now = new Date(2026, 10, 21, 9).getTime();
  expect(dueWords(new Date(2026, 10, 22).getTime(), now)).toMatch(/^tomorrow, /);
  expect(dueWords(new Date(2026, 10, 21, 19, 30).getTime(), now)).toMatch(/^tomorrow, /);
  expect(dueWords(new Date(2026, 10, 24).getTime(), now)).toMatch(/^in 3 days, Tue/);
  expect(dueWords(new Date(2026, 10, 21).getTime(), now)).toBe("today");
});
