import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLoopback, mayPublish, maySubscribe, topicProblem } from "./access.ts";

const grant = { name: "a", prefix: "home/meter" };

it.each([
  ["home/meter", true],
  ["home/meter/power", true],
  ["home/meters", false],
  ["home", false],
  ["other/home/meter", false],
])("publishing to %s below home/meter: %s", (topic, allowed) => expect(mayPublish(grant, topic)).toBe(allowed));

it.each([
  ["home/meter/#", true],
  ["home/meter/+/power", true],
  ["home/meter", true],
  ["home/+/power", false],
  ["home/#", false],
  ["#", false],
  ["$share/g/home/meter/#", false],
  ["home/meter/\0", false],
])("subscribing to %s below home/meter: %s", (filter, allowed) => expect(maySubscribe(grant, filter)).toBe(allowed));

it("a prefix of nothing allows nothing, and no prefix everything", () => {
  for (const prefix of ["", "/", "//"]) expect(mayPublish({ name: "a", prefix }, "x")).toBe(false);
  expect(mayPublish({ name: "", prefix: undefined }, "x")).toBe(true);
  expect(maySubscribe({ name: "", prefix: undefined }, "#")).toBe(true);
});

describe("a topic", () => {
  it.each(["", "a/+", "#", "a\0b", "$SYS/broker", "x".repeat(513), "ä".repeat(257)])("%j is refused", (topic) => {
    expect(topicProblem(topic)).toBeDefined();
  });

  it.each(["a", "a/b c/€", "x".repeat(512), "/", "a/$b"])("%j is fine", (topic) => {
    expect(topicProblem(topic)).toBeUndefined();
  });
});

it("what may be subscribed to below a prefix matches nothing beside it", () => {
  const level = fc.constantFrom("a", "b", "+", "home", "meter");
  const levels = fc.array(level, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(levels, levels, (filter, topic) => {
      const name = topic.filter((part) => part !== "+");
      const matched = filter.length === name.length && filter.every((part, i) => part === "+" || part === name[i]);
      return !matched || !maySubscribe(grant, filter.join("/")) || mayPublish(grant, name.join("/"));
    }),
  );
});

it.each([
  ["127.0.0.1", true],
  ["127.8.9.1", true],
  ["::1", true],
  ["::ffff:127.0.0.1", true],
  ["::ffff:10.0.0.1", false],
  ["192.168.1.5", false],
  ["127.0.0.1.example.org", false],
  [undefined, false],
])("%s is this machine: %s", (address, answer) => expect(isLoopback(address)).toBe(answer));
