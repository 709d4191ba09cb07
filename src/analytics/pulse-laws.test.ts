import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { zoneNamed } from "#calendar/zone.ts";
import { type Column, lowerBound } from "#series/column.ts";
import { QUALITY } from "#series/quality.ts";
import { CHUNK_MARGIN_ROWS, deriveChunk } from "./chunk.ts";
import { demandIntervals, type IntervalSettings } from "./demand-intervals.ts";
import { factorsOf } from "./factors.ts";
import type { Intervals } from "./intervals.ts";
import type { PulseColumns } from "./pulse-messages.ts";
import { spansOf } from "./pulse-stream.ts";
import { publishes, type Said } from "./pulse-world.ts";
import { registerDelta } from "./register-delta.ts";

const QUARTER_MS = 900_000;
const BEGIN = Date.UTC(2026, 4, 5, 6);
const HOURS = 5;
const ROWS = HOURS * 240;
const WIDE = { fromMs: BEGIN - 4 * QUARTER_MS, toMs: BEGIN + (HOURS + 2) * 3_600_000 };
const SETTINGS: IntervalSettings = {
  zone: zoneNamed("America/Indiana/Indianapolis"),
  lengthMs: QUARTER_MS,
  factors: factorsOf([{ name: "kwhPerPulse", value: 1.7, fromMs: 0 }]),
  layer: "kyz",
};
type Message = Said & { readonly tMs: number };

/** What a plant really used: pulses per 15 s, with ups and downs. */
const truth = fc.array(fc.integer({ min: 0, max: 18 }), { minLength: ROWS, maxLength: ROWS });
const start = fc.integer({ min: 0, max: 2_000_000 });
const asMessages = (pulses: readonly number[], first: number): Message[] => {
  let c = first;
  return pulses.map((d, i) => {
    c += d;
    return { tMs: BEGIN + i * 15_000 + 400, d, c };
  });
};
const total = ({ pulses }: { readonly pulses: Float64Array }) => pulses.reduce((sum, one) => sum + (Number.isNaN(one) ? 0 : one), 0);
const derive = (said: readonly Message[], more: Partial<IntervalSettings> = {}): Intervals => {
  const settings = { ...SETTINGS, ...more };
  return demandIntervals(spansOf(publishes(said), settings), WIDE, settings);
};
const used = (said: readonly Message[]): number => (said.at(-1)?.c ?? 0) - (said[0]?.c ?? 0) + (said[0]?.d ?? 0);
const highest = (pulses: readonly number[]): number => {
  let most = 0;
  for (let i = 0; i < pulses.length; i += 1) {
    // The most any stretch of a quarter and a message used.
    most = Math.max(
      most,
      pulses.slice(i, i + 61).reduce((sum, one) => sum + one, 0),
    );
  }
  return most;
};
const dropped = (said: readonly Message[], silences: readonly { at: number; rows: number }[]): Message[] =>
  said.filter((_, i) => i === 0 || i === said.length - 1 || !silences.some(({ at, rows }) => i >= at && i < at + rows));
const silence = fc.record({ at: fc.integer({ min: 30, max: ROWS - 2 }), rows: fc.integer({ min: 1, max: 400 }) });
const RUNS = { numRuns: 60 };

describe("pulses are conserved", () => {
  it("over silences and restarts of ours, and none of them is a peak that was not", () => {
    fc.assert(
      fc.property(truth, start, fc.array(silence, { maxLength: 6 }), (pulses, first, silences) => {
        const found = derive(dropped(asMessages(pulses, first), silences));
        expect(total(found)).toBe(pulses.reduce((sum, one) => sum + one, 0));
        const peak = highest(pulses);
        for (const [i, demandKw] of found.demandKw.entries()) {
          if (Number.isNaN(demandKw)) continue;
          expect(found.pulses[i]).toBeLessThanOrEqual(peak + 2 * 18);
        }
      }),
      RUNS,
    );
  });

  it("and what an interval really was lies within what is said of it", () => {
    fc.assert(
      fc.property(truth, start, fc.array(silence, { maxLength: 4 }), (pulses, first, silences) => {
        const all = derive(asMessages(pulses, first));
        const found = derive(dropped(asMessages(pulses, first), silences));
        for (const [i, possibleKw] of found.possibleKw.entries()) {
          if (Number.isNaN(possibleKw)) continue;
          expect(all.powerKw[i]).toBeLessThanOrEqual(possibleKw + 18 * 6.8 * 2);
        }
      }),
      RUNS,
    );
  });

  it("when messages come twice, at once or later", () => {
    fc.assert(
      fc.property(
        truth,
        start,
        fc.array(fc.tuple(fc.nat(ROWS - 1), fc.integer({ min: 1, max: 12_000 })), { maxLength: 40 }),
        (pulses, first, twice) => {
          const said = asMessages(pulses, first);
          const copies = twice.flatMap(([i, afterMs]) => (said[i] ? [{ ...said[i], tMs: said[i].tMs + afterMs }] : []));
          const seen = new Set<number>();
          const stream = [...said, ...copies].sort((a, b) => a.tMs - b.tMs).filter(({ tMs }) => !seen.has(tMs) && seen.add(tMs));
          const found = derive(stream);
          expect(total(found)).toBe(used(said));
          expect([...found.pulses]).toEqual([...derive(said).pulses]);
        },
      ),
      RUNS,
    );
  });

  it("when arrivals are shuffled within seconds, and only between neighbouring intervals", () => {
    fc.assert(
      fc.property(
        truth,
        start,
        fc.array(fc.integer({ min: -20_000, max: 20_000 }), { minLength: ROWS, maxLength: ROWS }),
        (pulses, first, jitter) => {
          const said = asMessages(pulses, first);
          const last = said.length - 1;
          const shuffled = said
            .map((one, i) => (i === 0 || i > last - 3 ? one : { ...one, tMs: one.tMs + (jitter[i] as number) }))
            .filter(({ tMs }, i) => i === 0 || tMs > BEGIN + 400)
            .sort((a, b) => a.tMs - b.tMs)
            .map((one, i) => ({ ...one, tMs: one.tMs + i * 1e-3 }));
          const found = derive(shuffled.map((one) => ({ tMs: one.tMs, c: one.c as number })));
          expect(total(found)).toBe(used(said) - (said[0]?.d as number));
        },
      ),
      RUNS,
    );
  });

  it("when some messages say only the amount, and some only the register", () => {
    fc.assert(
      fc.property(
        truth,
        start,
        fc.array(fc.constantFrom("d", "c", "both"), { minLength: ROWS, maxLength: ROWS }),
        (pulses, first, forms) => {
          const said = asMessages(pulses, first);
          const stream = said.map((one, i): Message => {
            const form = i === 0 || i === ROWS - 1 ? "both" : (forms[i] as string);
            return form === "d" ? { tMs: one.tMs, d: one.d as number } : form === "c" ? { tMs: one.tMs, c: one.c as number } : one;
          });
          const found = derive(stream);
          expect(total(found)).toBe(used(said));
          expect([...found.pulses]).toEqual([...derive(said).pulses]);
        },
      ),
      RUNS,
    );
  });

  it("when they are split into messages in any way", () => {
    fc.assert(
      fc.property(truth, start, fc.integer({ min: 1, max: 3 }), (pulses, first, parts) => {
        const said = asMessages(pulses, first);
        const split = said.flatMap(({ tMs, d = 0, c = 0 }, i) =>
          i === 0
            ? [{ tMs, d, c }]
            : Array.from({ length: parts }, (_, part) => {
                const left = d - Math.floor((d * (part + 1)) / parts);
                return { tMs: tMs - (parts - 1 - part) * 4_000, c: c - left };
              }),
        );
        expect(total(derive(split))).toBe(used(said));
      }),
      RUNS,
    );
  });

  it("as the register has it, whatever the register went through", () => {
    const trouble = fc.record({
      at: fc.integer({ min: 40, max: ROWS - 40 }),
      what: fc.constantFrom("reset", "zero", "spike", "flicker", "roll"),
      rows: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(truth, fc.array(trouble, { maxLength: 3 }), (pulses, troubles) => {
        const said = asMessages(pulses, 40_000).map(({ tMs, c }) => ({ tMs, c: c as number }));
        for (const { at, what, rows } of troubles) {
          for (let i = at; i < said.length; i += 1) {
            const one = said[i] as { tMs: number; c: number };
            if (what === "reset") one.c = Math.max(0, one.c - 40_000);
            else if (i < at + (what === "zero" ? rows : 1))
              one.c += what === "zero" ? -one.c : what === "spike" ? 5_000_000 : what === "flicker" ? -1 : 0;
          }
        }
        const columns = publishes(said);
        const spans = spansOf(columns, SETTINGS);
        const register = registerDelta(columns.totals as Column, { fromMs: BEGIN + 400, toMs: WIDE.toMs }, { events: spans.events });
        const real = pulses.slice(1).reduce((sum, one) => sum + one, 0);
        expect(total(spans)).toBeLessThanOrEqual(real);
        if (spans.events.every(({ kind }) => kind === "momentary")) expect(total(spans)).toBe(register);
      }),
      RUNS,
    );
  });
});

describe("chunks", () => {
  it("derived one by one are what all of history gives at once", () => {
    fc.assert(
      fc.property(
        truth,
        start,
        fc.array(silence, { maxLength: 5 }),
        fc.constantFrom("c", "d", "both", "mixed"),
        fc.array(fc.record({ at: fc.nat(ROWS - 1), rows: fc.integer({ min: 1, max: 8 }) }), { maxLength: 4 }),
        (pulses, first, silences, form, zeros) => {
          const faulty = asMessages(pulses, first).map((one, i) =>
            zeros.some(({ at, rows }) => i >= at && i < at + rows) ? { ...one, c: 0 } : one,
          );
          const said = dropped(faulty, silences).map((one, i): Message => {
            if (form === "c" || (form === "mixed" && i % 5 === 0)) return { tMs: one.tMs, c: one.c as number };
            return form === "both" ? one : { tMs: one.tMs, d: one.d as number };
          });
          const columns = publishes(said);
          const whole = derive(said);
          const parts: number[] = [];
          for (let fromMs = WIDE.fromMs; fromMs < WIDE.toMs; fromMs += 3_600_000) {
            const range = { fromMs, toMs: Math.min(fromMs + 3_600_000, WIDE.toMs) };
            const part = deriveChunk(withMargin(columns, range), range, SETTINGS);
            parts.push(...part.pulses);
            const at = lowerBound(whole.tMs, part.tMs[0] as number);
            for (const name of ["demandKw", "possibleKw", "coverage", "quality"] as const) {
              expect(rounded(part[name])).toEqual(rounded(whole[name].slice(at, at + part.tMs.length)));
            }
          }
          expect(parts).toEqual([...whole.pulses]);
        },
      ),
      RUNS,
    );
  });
});

function rounded(column: ArrayLike<number>): string[] {
  return Array.from(column, (value) => value.toFixed(4));
}

function withMargin({ deltas, totals }: PulseColumns, range: { fromMs: number; toMs: number }): PulseColumns {
  const cutTotals =
    totals && cut(totals, lowerBound(totals.tMs, range.fromMs) - CHUNK_MARGIN_ROWS, lowerBound(totals.tMs, range.toMs) + CHUNK_MARGIN_ROWS);
  if (!deltas) return { totals: cutTotals as Column };
  const first = cutTotals?.tMs[0] ?? Infinity;
  const last = cutTotals?.tMs.at(-1) ?? -Infinity;
  const from = Math.min(lowerBound(deltas.tMs, range.fromMs) - CHUNK_MARGIN_ROWS, lowerBound(deltas.tMs, first));
  const to = Math.max(lowerBound(deltas.tMs, range.toMs) + CHUNK_MARGIN_ROWS, lowerBound(deltas.tMs, last + 1));
  return { totals: cutTotals as Column, deltas: cut(deltas, from, to) };
}

function cut(column: Column, from: number, to: number): Column {
  const first = Math.max(0, from);
  return { tMs: column.tMs.slice(first, to), value: column.value.slice(first, to), quality: column.quality.slice(first, to) };
}

describe("flags", () => {
  it("of any message are those of its interval, and of no other", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(ROWS - 1), { maxLength: 8 }), (rows) => {
        const said = asMessages(
          Array.from({ length: ROWS }, () => 9),
          0,
        ).map((one, i) => (rows.includes(i) ? { ...one, q: QUALITY.excludedFromDemand } : one));
        const { tMs, quality, demandKw, energyKwh } = derive(said);
        const ends = new Set(rows.map((i) => Math.ceil((BEGIN + i * 15_000) / QUARTER_MS) * QUARTER_MS));
        for (const [i, endMs] of tMs.entries()) {
          expect(quality[i]).toBe(ends.has(endMs) ? QUALITY.excludedFromDemand : 0);
          expect(Number.isNaN(demandKw[i])).toBe(ends.has(endMs) || Number.isNaN(energyKwh[i]));
        }
      }),
      RUNS,
    );
  });
});
