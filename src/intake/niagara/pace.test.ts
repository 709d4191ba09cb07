import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Pace, Turns } from "./pace.ts";

describe("the pace of questions", () => {
  it("has no pause while answers come quickly, a growing one while they do not, and none again afterwards", () => {
    const pace = new Pace();
    for (const ms of [20, 30, 25, 80]) pace.answered(ms);
    expect(pace.pauseMs).toBe(0);
    const pauses = [2_000, 2_000, 2_000].map((ms) => {
      pace.answered(ms);
      return pace.pauseMs;
    });
    expect(pauses).toEqual([2_000, 4_000, 8_000]);
    for (let i = 0; i < 14; i += 1) pace.answered(25);
    expect(pace.pauseMs).toBe(0);
  });

  it("is never longer than half a minute, nor negative", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 600_000 })), { maxLength: 60 }), (answers) => {
        const pace = new Pace();
        for (const ms of answers) {
          if (ms === null) pace.failed();
          else pace.answered(ms);
          expect(pace.pauseMs >= 0 && pace.pauseMs <= 30_000).toBe(true);
        }
      }),
    );
  });
});

describe("turns at a station", () => {
  it("are taken one after another, and those at another do not wait", async () => {
    const turns = new Turns();
    const order: string[] = [];
    const first = await turns.take("a");
    const second = turns.take("a").then((release) => {
      order.push("second");
      release();
    });
    (await turns.take("b"))();
    order.push("first");
    first();
    await second;
    expect(order).toEqual(["first", "second"]);
  });
});
