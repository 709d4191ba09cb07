import { kwhPerPulseAt } from "#analytics/factors.ts";
import type { Intervals } from "#analytics/intervals.ts";
import type { Tiles } from "#analytics/live-tiles.ts";
import type { Range, Store } from "#store/store.ts";
import type { Bill, Period } from "#tariffs/bill.ts";
import { capAt } from "#tariffs/cap.ts";
import type { BillingDesk } from "./billing-desk.ts";
import { checked } from "./check-bill.ts";
import { counterSource } from "./counter-views.ts";
import { dayOf, daySpans } from "./days.ts";
import { differenceOf } from "./difference.ts";
import { explanationOf } from "./explain.ts";
import type { History, Standing } from "./history.ts";
import { NO_LAYER } from "./interval-columns.ts";
import { newestRows, periodNamed } from "./period-rows.ts";
import type { AsOf, PlantReports } from "./plant.ts";
import type {
  Basis,
  BillCheck,
  CapReport,
  Day,
  Difference,
  Explanation,
  IntervalRow,
  LivePower,
  PeriodRow,
  PowerColumns,
  QualityReport,
  RunningInterval,
  Summary,
  TypedBill,
} from "./plant-answers.ts";
import type { PlantSettings } from "./plant-settings.ts";
import { graceOf, livePowerOf, pastErrorsOf, powerOf, pulseSource, registerRise, tilesOf } from "./pulse-views.ts";
import { qualityReport } from "./quality.ts";
import { registerOf, rowsOf } from "./rows.ts";
import { runningInterval } from "./running.ts";
import { summaryOf } from "./summary.ts";

export interface PlantParts {
  readonly store: Store;
  readonly settings: PlantSettings;
  readonly nowMs: () => number;
  readonly history: History;
  readonly desk: BillingDesk;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** The longest grace that is found out by itself. */
const MOST_GRACE_MS = 30_000;

/** The least a register or a pulse can tell: kWh. */
function finestKwh({ factors, rules, sources }: Standing, nowMs: number): number {
  const source = counterSource({ sources });
  const digitKwh = source && rules.counter?.resolutions.get(source.source.name);
  return pulseSource({ sources }) === undefined && digitKwh !== undefined ? digitKwh : kwhPerPulseAt(factors, nowMs);
}

/** Answers every question about one point, each from a file of its own. */
export class Plant implements PlantReports {
  readonly settings: PlantSettings;
  readonly #parts: PlantParts;
  #pastError: { readonly name: string; readonly errors: Promise<RunningInterval["pastError"]> } | undefined;

  constructor(parts: PlantParts) {
    this.settings = parts.settings;
    this.#parts = parts;
  }

  async version(): Promise<number> {
    return (await this.#parts.history.refresh()).version;
  }

  finishedMs(): number {
    const { desk, nowMs, settings } = this.#parts;
    const graces = settings.sources.map((source) => (source.graceSeconds ?? MOST_GRACE_MS / 1000) * 1000);
    return desk.grid.atOrBefore(nowMs() - Math.max(0, ...graces));
  }

  intervals(range: Range, { asOfMs }: AsOf = {}): Promise<Intervals> {
    return this.#parts.history.intervals(range, asOfMs === undefined ? undefined : { range, asOfMs });
  }

  layer(source: string, range: Range): Promise<Intervals> {
    return this.#parts.history.layer(source, range);
  }

  async rows(range: Range): Promise<IntervalRow[]> {
    const { history, store } = this.#parts;
    const intervals = await history.intervals(range);
    const { sources, factors, rules } = await history.refresh();
    return rowsOf(intervals, await registerOf(store, range, { sources, factors, lengthMs: rules.lengthMs, scale: rules.counter?.scale }));
  }

  async latest(): Promise<IntervalRow | undefined> {
    const { tMs, layer, lengthMs } = (await this.#parts.desk.ledger("calendar")).intervals;
    const row = layer.findLastIndex((one) => one !== NO_LAYER);
    if (row < 0) return undefined;
    const endMs = tMs[row] as number;
    return (await this.rows({ fromMs: endMs - lengthMs, toMs: endMs })).at(-1);
  }

  async live(range: Range): Promise<Tiles> {
    return tilesOf(this.#parts.store, await this.#parts.history.refresh(), range);
  }

  async livePower(): Promise<LivePower> {
    return livePowerOf(this.#parts.store, await this.#parts.history.refresh(), this.#parts.nowMs());
  }

  async power(range: Range, everyMs: number): Promise<PowerColumns> {
    return powerOf(this.#parts.store, await this.#parts.history.refresh(), { range, everyMs });
  }

  async running(): Promise<RunningInterval> {
    const { desk, history, store, nowMs: clock } = this.#parts;
    const nowMs = clock();
    const startMs = desk.grid.atOrBefore(nowMs);
    const endMs = desk.grid.after(nowMs);
    const standing = await history.refresh();
    const [interval, live, ledger] = await Promise.all([
      history.intervals({ fromMs: startMs, toMs: endMs }),
      livePowerOf(store, standing, nowMs),
      desk.ledger("billing"),
    ]);
    return runningInterval({
      ...{ startMs, endMs, nowMs, interval, live },
      kwhPerPulse: finestKwh(standing, nowMs),
      pastError: await this.#pastErrors(startMs),
      ...(ledger.demand === undefined ? {} : { demand: ledger.demand }),
    });
  }

  /** Looked at once per interval: a day of them. */
  #pastErrors(startMs: number): Promise<RunningInterval["pastError"]> {
    const name = String(startMs);
    if (this.#pastError?.name === name) return this.#pastError.errors;
    const errors = this.#readPastErrors(startMs);
    this.#pastError = { name, errors };
    errors.catch(() => {
      this.#pastError = undefined;
    });
    return errors;
  }

  async #readPastErrors(toMs: number): Promise<RunningInterval["pastError"]> {
    const { history, store } = this.#parts;
    const intervals = await history.intervals({ fromMs: toMs - DAY_MS, toMs });
    return pastErrorsOf(store, await history.refresh(), intervals);
  }

  async days(fromDate: string, toDate: string, { attribution = "lies-in" }: { attribution?: "lies-in" | "end-date" } = {}): Promise<Day[]> {
    const { history } = this.#parts;
    const spans = daySpans(fromDate, toDate, history.zone);
    const [first, last] = [spans[0], spans.at(-1)];
    if (first === undefined || last === undefined) return [];
    const intervals = await history.intervals({ fromMs: first.fromMs - 1, toMs: last.toMs });
    return spans.map((span) => dayOf(intervals, span, { zone: history.zone, attribution }));
  }

  async periods(count: number, basis: Basis = "billing"): Promise<PeriodRow[]> {
    return newestRows(await this.#parts.desk.ledger(basis), count);
  }

  async bills(count: number, basis: Basis = "billing"): Promise<Bill[]> {
    return (await this.periods(count, basis)).flatMap(({ bill }) => bill ?? []);
  }

  async explain(name: string, basis: Basis = "billing"): Promise<Explanation | undefined> {
    const { desk, history, store, settings, nowMs } = this.#parts;
    const { holidays } = settings;
    const [ledger, plan] = await Promise.all([desk.ledger(basis), desk.plan()]);
    const k = periodNamed(ledger, name);
    if (k === undefined || plan === undefined) return undefined;
    const { fromMs, toMs } = ledger.periods.period(k);
    const known = { fromMs, toMs: Math.min(toMs, ledger.intervals.tMs.at(-1) ?? toMs) };
    const { kwh, toleranceKwh } = await registerRise(store, await history.refresh(), known);
    return explanationOf(ledger, k, { plan, holidays, zone: history.zone, nowMs: nowMs(), registerKwh: kwh, toleranceKwh });
  }

  async quality(range: Range): Promise<QualityReport> {
    const { history, store, desk, nowMs } = this.#parts;
    const over = { fromMs: range.fromMs, toMs: Math.max(range.fromMs, Math.min(range.toMs, desk.grid.atOrBefore(nowMs()))) };
    const grace = await graceOf(store, await history.refresh());
    return qualityReport(await history.intervals(over), over, grace);
  }

  async summary(): Promise<Summary> {
    const { desk, history, nowMs: clock, settings } = this.#parts;
    const nowMs = clock();
    const [calendar, billing, tiles] = await Promise.all([
      desk.ledger("calendar"),
      settings.billing.kind === "calendar" ? undefined : desk.ledger("billing"),
      this.live({ fromMs: nowMs - 10 * MINUTE_MS, toMs: nowMs }),
    ]);
    const { zone } = history;
    const plan = await desk.plan();
    return summaryOf({
      nowMs,
      zone,
      calendar,
      tiles,
      ...(billing === undefined ? {} : { billing }),
      ...(plan === undefined ? {} : { plan }),
    });
  }

  async cap(name: string, capKw: number, basis: Basis = "billing"): Promise<CapReport | undefined> {
    const ledger = await this.#parts.desk.ledger(basis);
    const k = periodNamed(ledger, name);
    const cap =
      k === undefined || ledger.demand === undefined ? undefined : capAt(ledger.demand, { tMs: ledger.periods.period(k).fromMs, capKw });
    if (cap === undefined) return undefined;
    const { above, moveKwh, savedLater, ...rest } = cap;
    return {
      ...rest,
      intervals: above.map(({ tMs, kw, overKwh }) => ({ endMs: tMs, kw, kwhOver: overKwh })),
      kwhToMove: moveKwh,
      savedLater: savedLater.known.plus(savedLater.expected),
      savedLaterPeriods: savedLater.knownPeriods + savedLater.expectedPeriods,
    };
  }

  async checkBill(typed: TypedBill): Promise<BillCheck | undefined> {
    const { demand } = await this.#parts.desk.ledger("billing");
    return demand === undefined ? undefined : checked(demand, typed);
  }

  async difference(range: Range, { beforeMs, afterMs }: { readonly beforeMs: number; readonly afterMs?: number }): Promise<Difference> {
    const { desk } = this.#parts;
    const [before, after] = await Promise.all([
      desk.ledgerThen("billing", { range, asOfMs: beforeMs }),
      afterMs === undefined ? desk.ledger("billing") : desk.ledgerThen("billing", { range, asOfMs: afterMs }),
    ]);
    return differenceOf(range, { before, after });
  }

  async remember(): Promise<(range: Range) => Promise<Difference>> {
    const { desk } = this.#parts;
    const before = await desk.ledger("billing");
    return async (range) => differenceOf(range, { before, after: await desk.ledger("billing") });
  }

  async period(basis: Basis = "billing"): Promise<Period> {
    const periods = this.#parts.desk.periods(basis);
    return { ...periods.period(periods.index(this.#parts.nowMs())), open: true };
  }
}
