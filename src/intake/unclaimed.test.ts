import { describe, expect, it } from "vitest";
import { z } from "zod";
import { spokenDialect } from "./line-world.ts";
import { Unclaimed } from "./unclaimed.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

function watch() {
  const asked: string[] = [];
  const clock = { nowMs: 1_000_000 };
  const guesses = (dialect: string, confidence: number) => ({
    ...spokenDialect(z.unknown()),
    name: dialect,
    recognise(topic: string, body: Uint8Array) {
      asked.push(`${dialect} ${topic}`);
      if (body[0] === 0) throw new Error("This dialect has a fault.");
      return topic.startsWith("tele/") ? { confidence, evidence: "It looks like it.", filter: "tele/#" } : undefined;
    },
  });
  return { asked, clock, seen: new Unclaimed([guesses("weak", 0.2), guesses("strong", 0.9)], () => clock.nowMs) };
}

describe("a topic nobody claims", () => {
  it("is counted per broker, the most recent first, with the best guess", () => {
    const { seen, clock } = watch();
    seen.see("tele/x", bytes("1"), "main");
    seen.see("other", bytes("2"), "main");
    clock.nowMs += 5;
    seen.see("tele/x", bytes("3"), "main");
    seen.see("tele/x", bytes("4"), "attic");
    expect(seen.list()).toMatchObject([
      { topic: "tele/x", broker: "attic", count: 1, sample: "4" },
      {
        topic: "tele/x",
        broker: "main",
        count: 2,
        lastMs: 1_000_005,
        sample: "3",
        guess: { dialect: "strong", confidence: 0.9, filter: "tele/#" },
      },
      { topic: "other", count: 1, lastMs: 1_000_000 },
    ]);
    expect(seen.list()[2]).not.toHaveProperty("guess");
  });

  it("is guessed at once a minute, and a dialect that fails has no guess", () => {
    const { seen, clock, asked } = watch();
    for (let i = 0; i < 10; i++) seen.see("a", Uint8Array.of(0), "main");
    expect(asked).toEqual(["weak a", "strong a"]);
    clock.nowMs += 60_000;
    seen.see("a", bytes("x"), "main");
    expect(asked).toHaveLength(4);
  });

  it("shows a sample that is safe to print, of 200 characters at the most", () => {
    const { seen } = watch();
    seen.see("a", Uint8Array.from([...bytes("\u001b[31m\u202ezähler"), 0xff, ...bytes("x".repeat(400))]), "main");
    const [{ sample } = { sample: "" }] = seen.list();
    expect(sample).toMatch(/^\\u001b\[31m\\u202ezähler\\ufffdx+$/);
    expect(sample.replaceAll(/\\u[0-9a-f]{4}/g, "?")).toHaveLength(200);
  });

  it("gives way to newer ones beyond 500", () => {
    const { seen } = watch();
    for (let i = 0; i < 600; i++) seen.see(`t${i % 550}`, bytes(""), "main");
    const topics = seen.list().map(({ topic }) => topic);
    expect(topics).toHaveLength(500);
    expect(topics.slice(0, 2)).toEqual(["t49", "t48"]);
    expect(topics).not.toContain("t50");
  });
});

it("is not ours: what this program publishes itself is nobody's to claim", () => {
  const own = new Unclaimed([], () => 0, ["wattkeep/alerts"]);
  for (const topic of ["wattkeep/alerts/event", "wattkeep/alerts", "wattkeep/alertsome"]) own.see(topic, bytes("1"), "main");
  expect(own.list().map(({ topic }) => topic)).toEqual(["wattkeep/alertsome"]);
});
