import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLiveStore } from "./live-store.ts";

const value = (key: string, tMs: number, number: number | null = 1, quality = 0) => ({ key, tMs, value: number, quality });

describe("the live store", () => {
  it("wakes only who follows the key that changed", () => {
    const store = createLiveStore();
    const woken: string[] = [];
    store.subscribe("a", () => woken.push("a"));
    store.subscribe("b", () => woken.push("b"));
    store.merge([value("a", 1)]);
    expect(woken).toEqual(["a"]);
  });

  it("keeps the same object while nothing changed, so that nothing is drawn again", () => {
    const store = createLiveStore();
    store.merge([value("a", 1)]);
    const before = store.get("a");
    const version = store.version();
    store.merge([value("a", 1)]);
    expect(store.get("a")).toBe(before);
    expect(store.version()).toBe(version);
  });

  it("knows that it has been told, even when there was nothing to tell", () => {
    const store = createLiveStore();
    expect(store.version()).toBe(0);
    store.merge([]);
    store.merge([]);
    expect(store.version()).toBe(1);
  });

  it("takes a snapshot after a reconnect without going back in time", () => {
    const store = createLiveStore();
    store.merge([value("a", 10, 5), value("b", 10, 5)]);
    store.merge([value("a", 9, 4), value("b", 12, 6)]);
    expect([store.get("a")?.value, store.get("b")?.value]).toEqual([5, 6]);
  });

  it("takes a replaced value of the same instant", () => {
    const store = createLiveStore();
    store.merge([value("a", 10, 5)]);
    store.merge([value("a", 10, 5, 1)]);
    expect(store.get("a")?.quality).toBe(1);
  });

  it("wakes nobody who has left", () => {
    const store = createLiveStore();
    let woken = 0;
    const leave = store.subscribe("a", () => {
      woken += 1;
    });
    leave();
    store.merge([value("a", 1)]);
    expect(woken).toBe(0);
  });

  it("holds the newest value of each key whatever the order of arrival", () => {
    const arrivals = fc.array(fc.record({ key: fc.constantFrom("a", "b", "c"), tMs: fc.nat(50) }), { maxLength: 60 });
    fc.assert(
      fc.property(arrivals, (sent) => {
        const store = createLiveStore();
        for (const { key, tMs } of sent) store.merge([value(key, tMs, tMs)]);
        for (const key of ["a", "b", "c"]) {
          const times = sent.filter((one) => one.key === key).map((one) => one.tMs);
          expect(store.get(key)?.tMs).toBe(times.length === 0 ? undefined : Math.max(...times));
        }
      }),
    );
  });
});
