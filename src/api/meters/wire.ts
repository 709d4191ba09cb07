import { CONSUMED } from "#analytics/meter-consumption.ts";
import { amountOrNull } from "#api/homes/wire.ts";
import { figure, marks, orNull, span } from "#api/plants/wire.ts";
import { offsetText } from "#calendar/local-text.ts";
import type { Zone } from "#calendar/zone.ts";
import type { MeterExpectation, MeterReading } from "#contract/meter-history.ts";
import { CONSUMED_NAMES, type MeterFigureAnswer } from "#contract/meters.ts";
import type { Expectation, MeterFigure, ReadingRow } from "#reports/meter-answers.ts";
import type { ReadingNotes } from "./reading-notes.ts";

/** Bits of CONSUMED by name, in the order of the contract. */
export function consumedNames(bits: number): MeterFigureAnswer["flags"] {
  return CONSUMED_NAMES.filter((name) => (bits & CONSUMED[name]) !== 0);
}

/** A stretch of a meter as it is sent. */
export function meterFigure(known: MeterFigure, zone: Zone): MeterFigureAnswer {
  return {
    ...span(known, zone),
    amount: figure(known.amount),
    measured: figure(known.measured),
    missingMs: figure(known.missingMs) ?? known.toMs - known.fromMs,
    flags: consumedNames(known.flags),
    cost: amountOrNull(known.cost),
  };
}

/** A reading as it is sent, with what its reader noted. */
export function meterReading(row: ReadingRow, zone: Zone, notes: ReadingNotes): MeterReading {
  const note = notes.at(row);
  return {
    tMs: row.tMs,
    tLocal: offsetText(row.tMs, zone),
    value: figure(row.value),
    unit: row.unit,
    quality: marks(row.quality),
    source: row.source,
    series: row.series,
    counts: row.counts,
    because: row.because,
    since: figure(row.since),
    raw: figure(row.raw ?? Number.NaN),
    correctionId: orNull(row.correctionId),
    photo: orNull(note?.photo),
    note: note?.note ?? "",
  };
}

/** What a reading would be expected to show, as it is sent. */
export function meterExpectation(expected: Expectation): MeterExpectation {
  return {
    tMs: expected.tMs,
    lastMs: orNull(expected.lastMs),
    lastValue: figure(expected.lastValue ?? Number.NaN),
    expected: figure(expected.expected),
    low: figure(expected.low),
    high: figure(expected.high),
    sentence: expected.sentence,
  };
}
