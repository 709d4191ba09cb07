import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Deadline } from "./deadline.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a deadline aborts when nothing was heard for too long", () => {
  const deadline = new Deadline(1_000, new AbortController().signal);
  vi.advanceTimersByTime(900);
  deadline.heard();
  vi.advanceTimersByTime(900);
  expect(deadline.signal.aborted).toBe(false);
  vi.advanceTimersByTime(100);
  expect(deadline.signal.reason).toMatchObject({ name: "TimeoutError" });
});

test("a deadline aborts with whoever asked, at once where that one has left", () => {
  const outer = new AbortController();
  const deadline = new Deadline(1_000, outer.signal);
  outer.abort(new Error("closing"));
  expect(deadline.signal.reason).toMatchObject({ message: "closing" });
  expect(new Deadline(1_000, outer.signal).signal.aborted).toBe(true);
});

test("a deadline that was ended aborts nothing any more", () => {
  const outer = new AbortController();
  const deadline = new Deadline(1_000, outer.signal);
  deadline.end();
  outer.abort();
  vi.advanceTimersByTime(5_000);
  expect(deadline.signal.aborted).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});
