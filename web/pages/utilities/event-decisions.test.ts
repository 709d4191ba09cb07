import { describe, expect, test } from "vitest";
import { decisionsFor } from "./event-decisions.ts";

describe("what an event can have been", () => {
  test("a register that fell used nothing", () => {
    expect(decisionsFor({ kind: "fall", before: 1500, value: 3 })).toEqual(["replacement", "typo", "rollover", "reset"]);
  });
  test("one that rose did not roll over", () => {
    expect(decisionsFor({ kind: "implausible", before: 1500, value: 15_000 })).toEqual(["real", "typo", "replacement"]);
  });
  test("what looks like a typo is offered as one first", () => {
    expect(decisionsFor({ kind: "typo", before: 1500, value: 15_000 })[0]).toBe("typo");
  });
});
