import { describe, expect, it } from "vitest";
import { askedOf } from "./asked-span.ts";

const zone = "America/New_York";
const nowMs = Date.parse("2026-03-10T18:41:20Z");

describe("the time a page of a building asks for", () => {
  it("is the local day so far, which is left to the server", () => {
    const asked = askedOf({}, nowMs, { zone });
    expect(asked).toEqual({ span: {}, fromMs: Date.parse("2026-03-10T04:00:00Z"), toMs: nowMs, today: true });
    expect(askedOf({ range: "today" }, nowMs, { zone })).toEqual(asked);
  });

  it("moves in steps where it rolls, so that the same question is asked for five minutes", () => {
    const first = askedOf({ range: "7d" }, nowMs, { zone });
    expect(first.span).toEqual(askedOf({ range: "7d" }, nowMs + 60_000, { zone }).span);
    expect(first.toMs - first.fromMs).toBe(7 * 86_400_000);
  });

  it("is what the page usually shows, unless somebody chose the day", () => {
    const rules = { zone, usual: "24h" } as const;
    expect(askedOf({}, nowMs, rules).today).toBe(false);
    expect(askedOf({ range: "today" }, nowMs, rules).today).toBe(true);
  });

  it("is two instants where the address names them", () => {
    expect(askedOf({ from: 1_000_000_000, to: 2_000_000_000 }, nowMs, { zone }).span).toEqual({ from: 1_000_000_000, to: 2_000_000_000 });
  });

  it("is the whole day before, by the wall's clock, on a day of 23 hours too", () => {
    const { fromMs, toMs } = askedOf({ range: "yesterday" }, Date.parse("2026-03-09T18:00:00Z"), { zone });
    expect(toMs - fromMs).toBe(23 * 3_600_000);
  });
});
