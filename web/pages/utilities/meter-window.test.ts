import { describe, expect, test } from "vitest";
import { zoneClock } from "#web/charts/zone-clock.ts";
import { fits, GRIDS, gridFor, gridWindow, snapped, stepped } from "./meter-window.ts";
import { windowWords } from "./window-words.ts";

const clock = zoneClock("Europe/Berlin");
const at = (text: string) => Date.parse(text);
const nowMs = at("2026-11-21T05:30:00+01:00");

describe("windows of a meter", () => {
  test("every grid begins with a window it can be asked in, which holds now", () => {
    for (const grid of GRIDS) {
      const span = gridWindow(grid, { clock, nowMs, firstMs: at("2020-06-01T00:00:00+02:00") });
      expect(fits(grid, span), grid).toBe(true);
      expect(span.toMs, grid).toBeGreaterThan(nowMs);
    }
  });

  test("months begin two years back, not before the first reading, and show a year at the least", () => {
    const months = (firstMs: number | undefined) => windowWords(gridWindow("month", { clock, nowMs, firstMs }), clock);
    expect(months(at("2020-06-01T00:00:00+02:00"))).toBe("Dec 2024 – Nov 2026");
    expect(months(at("2025-06-10T00:00:00+02:00"))).toBe("Jun 2025 – Nov 2026");
    expect(months(at("2026-10-10T00:00:00+02:00"))).toBe("Dec 2025 – Nov 2026");
  });

  test("a drawn window is widened to whole rows of the wall's calendar, over a change of the clock too", () => {
    const span = { fromMs: at("2026-03-28T11:00:00+01:00"), toMs: at("2026-03-29T14:00:00+02:00") };
    expect(windowWords(snapped(span, "day", clock), clock)).toBe("Sat 28 Mar 2026 – Sun 29 Mar 2026");
    expect(windowWords(snapped(span, "month", clock), clock)).toBe("Mar 2026");
    expect(windowWords(snapped(span, "year", clock), clock)).toBe("2026");
    expect(windowWords(snapped({ fromMs: span.fromMs, toMs: span.fromMs + 1 }, "hour", clock), clock)).toBe(
      "Sat 28 Mar 2026, 11:00 – 12:00",
    );
  });

  test("months step by months, days by days, hours by their own length", () => {
    const span = (grid: (typeof GRIDS)[number], from: string, to: string) => snapped({ fromMs: at(from), toMs: at(to) }, grid, clock);
    const month = span("month", "2026-02-01T00:00:00+01:00", "2026-02-20T00:00:00+01:00");
    expect(windowWords(stepped(month, 1, clock), clock)).toBe("Mar 2026");
    expect(windowWords(stepped(month, -1, clock), clock)).toBe("Jan 2026");
    const days = span("day", "2026-03-28T10:00:00+01:00", "2026-03-28T12:00:00+01:00");
    expect(windowWords(stepped(days, 1, clock), clock)).toBe("Sun 29 Mar 2026");
  });

  test("a window is read in the grid that shows it best", () => {
    const days = (count: number) => gridFor({ fromMs: 0, toMs: count * 86_400_000 });
    expect([1, 7, 31, 700, 5_000].map(days)).toEqual(["interval", "hour", "day", "month", "year"]);
    expect(fits("interval", { fromMs: 0, toMs: 400 * 86_400_000 })).toBe(false);
  });
});
