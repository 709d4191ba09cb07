import { describe, expect, it } from "vitest";
import { Rates } from "./rates.ts";

describe("rates", () => {
  function counter() {
    const clock = { nowMs: 1_000_000_000 };
    const rates = new Rates(() => clock.nowMs);
    const say = (n: number, qos: 0 | 1 = 1) => {
      for (let i = 0; i < n; i++) rates.count({ source: "s", receivedMs: clock.nowMs, qos });
    };
    return { clock, rates, say };
  }

  it("are messages a minute over the last five minutes, or since the start", () => {
    const { clock, rates, say } = counter();
    say(10);
    clock.nowMs += 60_000;
    expect(rates.bySource().get("s")?.perMinute).toBe(10);
    for (let i = 0; i < 120; i++) {
      clock.nowMs += 10_000;
      say(4);
    }
    expect(rates.bySource().get("s")?.perMinute).toBe(24);
    clock.nowMs += 10 * 60_000;
    expect(rates.bySource().get("s")).toMatchObject({ perMinute: 0, qos0Share: 0, lastMs: clock.nowMs - 10 * 60_000 });
  });

  it("tell the share of messages whose sender does not wait", () => {
    const { rates, say } = counter();
    say(3, 0);
    say(1, 1);
    expect(rates.bySource().get("s")?.qos0Share).toBe(0.75);
    expect(rates.bySource().get("none")).toBeUndefined();
  });

  it("are messages a second of all sources over the last half minute", () => {
    const { clock, rates, say } = counter();
    for (let i = 0; i < 12; i++) {
      say(50);
      clock.nowMs += 10_000;
    }
    clock.nowMs -= 1;
    expect(rates.messagesPerSecond()).toBeCloseTo(5, 5);
    clock.nowMs += 60_000;
    expect(rates.messagesPerSecond()).toBe(0);
  });

  it("survive a clock that is set back", () => {
    const { clock, rates, say } = counter();
    say(5);
    clock.nowMs -= 3_600_000;
    say(2);
    expect(rates.messagesPerSecond()).toBe(2);
  });
});
