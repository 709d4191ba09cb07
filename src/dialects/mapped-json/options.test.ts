import { describe, expect, it } from "vitest";
import { optionsSchema } from "./options.ts";
import { parsePointer, pointedAt } from "./pointer.ts";
import { topicPattern } from "./template.ts";

const reading = { quantity: "power", unit: "W", kind: "gauge", point: "a" };

function problems(options: unknown): string[] {
  const parsed = optionsSchema.safeParse(options);
  return parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
}

describe("wrong options are told in words", () => {
  it.each([
    [{ readings: [{ ...reading, point: "{device}" }] }, "readings.0.point: {device} is no part of the topic; the topic has no named parts"],
    [{ topic: "a/{b}", readings: [{ ...reading, point: "{c}" }] }, "readings.0.point: {c} is no part of the topic; there are {b}"],
    [{ topic: "a/{b}/{b}", readings: [reading] }, "topic: {b} stands in it twice"],
    [{ topic: "a/#/b", readings: [reading] }, "topic: # may only stand alone at the end"],
    [{ topic: "a/{b", readings: [reading] }, 'topic: the level "{b" is not written like {name}'],
    [{ readings: [{ ...reading, point: "a}" }] }, 'readings.0.point: "a}" has a brace that belongs to no {name}'],
    [
      { readings: [{ ...reading, kind: "interval" }] },
      "readings.0.intervalMinutes: is needed for kind interval: how many minutes one value covers",
    ],
    [
      { readings: [{ ...reading, pointer: "value" }] },
      'readings.0.pointer: is no JSON pointer; write it like /data/power, or "" for the whole message',
    ],
    [{ zone: "Mars/Base", readings: [reading] }, "zone: is no time zone; write it like Europe/Berlin"],
  ])("%j", (options, sentence) => {
    expect(problems(options)).toEqual([sentence]);
  });

  it("and right ones are not", () => {
    expect(problems({ topic: "a/{b}/+/x_{c}_y/#", device: "{c}", readings: [{ ...reading, point: "{b}-{c}" }] })).toEqual([]);
  });
});

describe("a topic pattern", () => {
  it.each([
    ["tele/{d}/power", "tele/cellar/power", { d: "cellar" }],
    ["tele/{d}/power", "tele/cellar/energy", undefined],
    ["tele/{d}/power", "tele/a/b/power", undefined],
    ["p_{d}_x/+", "p_7_x/any", { d: "7" }],
    ["p_{d}_x/+", "p__x/any", undefined],
    ["a/#", "a", {}],
    ["a/#", "a/b/c", {}],
    ["#", "anything/at/all", {}],
    ["{d}", "__proto__", { d: "__proto__" }],
  ])("%s on %s", (pattern, topic, expected) => {
    const found = topicPattern(pattern);
    if (typeof found === "string") throw new Error(found);
    const parts = found.match(topic);
    expect(parts && Object.fromEntries(parts)).toEqual(expected && { ...expected });
  });
});

describe("a pointer", () => {
  it("finds keys and places in lists, and only what the sender wrote", () => {
    const document = JSON.parse('{"a/b":{"m~n":[10,{"":"x"}]},"__proto__":{"y":1}}');
    const at = (text: string): unknown => pointedAt(document, parsePointer(text) ?? ["?"]);
    expect(at("/a~1b/m~0n/0")).toBe(10);
    expect(at("/a~1b/m~0n/1/")).toBe("x");
    expect(at("/__proto__/y")).toBe(1);
    for (const text of ["/a~1b/m~0n/01", "/a~1b/m~0n/length", "/toString", "/a~1b/constructor", "/x/y"]) expect(at(text)).toBeUndefined();
    expect(parsePointer("a")).toBeUndefined();
    expect(parsePointer("/~2")).toBeUndefined();
  });
});
