import { IntervalGrid } from "#analytics/interval-grid.ts";
import type { Intervals } from "#analytics/intervals.ts";
import { Periods } from "#calendar/periods.ts";
import type { Range, Store } from "#store/store.ts";
import type { Bill } from "#tariffs/bill.ts";
import { billing, bills } from "#tariffs/billing.ts";
import type { DemandHistory } from "#tariffs/demand-history.ts";
import type { Plan } from "#tariffs/plan.ts";
import type { History } from "./history.ts";
import { isSamePiece, joined } from "./interval-columns.ts";
import type { Basis } from "./plant-answers.ts";
import type { PlantSettings } from "./plant-settings.ts";

/** All of a point's history cut into the periods of one basis, and billed where there is a plan. */
export interface Ledger {
  readonly periods: Periods;
  readonly intervals: Intervals;
  /** The intervals in the pieces they are kept in. */
  readonly pieces: readonly Intervals[];
  /** Left out where there is no plan. */
  readonly demand?: DemandHistory;
  /** What was sold meanwhile; undefined where nobody counts it. */
  readonly exported: Intervals | undefined;
  /** What it is billed by. */
  readonly plan: Plan | undefined;
  /** By number of the period; empty where there is no plan. */
  readonly bills: ReadonlyMap<number, Bill>;
  /** Numbers of the first period with intervals and of the one that runs. */
  readonly first: number;
  readonly now: number;
}

/** State of knowledge of a part of history; the rest is as it is now. */
export interface Then {
  readonly range: Range;
  readonly asOfMs: number;
}

/** Keeps one ledger per basis for as long as nothing it is made of changes. */
export class BillingDesk {
  readonly #store: Pick<Store, "extent" | "registry">;
  readonly #history: History;
  /** What is sold, for plans that pay for it. */
  readonly #sold: History | undefined;
  readonly #settings: PlantSettings;
  readonly #nowMs: () => number;
  readonly #grid: IntervalGrid;
  readonly #periods: { readonly [K in Basis]: Periods };
  readonly #kept = new Map<Basis, { readonly name: string; readonly plan: Plan | undefined; readonly ledger: Promise<Ledger> }>();

  constructor(parts: {
    store: Pick<Store, "extent" | "registry">;
    history: History;
    sold?: History | undefined;
    settings: PlantSettings;
    nowMs: () => number;
  }) {
    this.#store = parts.store;
    this.#history = parts.history;
    this.#sold = parts.sold;
    this.#settings = parts.settings;
    this.#nowMs = parts.nowMs;
    const { zone } = parts.history;
    this.#grid = new IntervalGrid(zone, parts.settings.intervalMinutes * 60_000);
    this.#periods = { billing: new Periods(parts.settings.billing, zone), calendar: new Periods({ kind: "calendar" }, zone) };
  }

  get grid(): IntervalGrid {
    return this.#grid;
  }

  periods(basis: Basis): Periods {
    return this.#periods[basis];
  }

  /** What it is billed by now. Missing: undefined without a plan. */
  async plan(): Promise<Plan | undefined> {
    return this.#settings.planFrom?.(await this.#store.registry()) ?? this.#settings.plan;
  }

  /** A pulse in the running interval alters no interval that is over: then the ledger stays as it is. */
  async ledger(basis: Basis): Promise<Ledger> {
    const [{ version }, sold, plan] = await Promise.all([this.#history.refresh(), this.#sold?.refresh(), this.plan()]);
    const name = `${version} ${sold?.version} ${this.#grid.atOrBefore(this.#nowMs())}`;
    const kept = this.#kept.get(basis);
    if (kept?.name === name && kept.plan === plan) return kept.ledger;
    const ledger = this.#renewed(basis, plan, kept?.ledger);
    this.#kept.set(basis, { name, plan, ledger });
    ledger.catch(() => this.#kept.delete(basis));
    return ledger;
  }

  async #renewed(basis: Basis, plan: Plan | undefined, before: Promise<Ledger> | undefined): Promise<Ledger> {
    const pieces = await this.#pieces(basis);
    const exported = await this.#exported(pieces);
    const known = await before?.catch(() => undefined);
    const isSame =
      known !== undefined &&
      known.plan === plan &&
      isSameExport(known.exported, exported) &&
      known.pieces.length === pieces.length &&
      known.pieces.every((piece, i) => isSamePiece(piece, pieces[i] as Intervals));
    return isSame && known.now === this.#periods[basis].index(this.#nowMs()) ? known : this.#opened(basis, { pieces, exported, plan });
  }

  /** The ledger as it would be had a part of history stayed as it was known then. */
  async ledgerThen(basis: Basis, then: Then): Promise<Ledger> {
    const pieces = await this.#pieces(basis, then);
    return this.#opened(basis, { pieces, exported: await this.#exported(pieces), plan: await this.plan() });
  }

  async #pieces(basis: Basis, then?: Then): Promise<Intervals[]> {
    const range = await this.#extent(basis);
    return range.toMs > range.fromMs ? this.#history.pieces(range, then) : [await this.#history.intervals(range)];
  }

  /** From the beginning of the period in which the first thing is known, to the last interval that is over. */
  async #extent(basis: Basis): Promise<Range> {
    const { ids } = await this.#history.refresh();
    const toMs = this.#grid.atOrBefore(this.#nowMs());
    const firstMs = (await this.#store.extent(ids)).reduce((least, one) => Math.min(least, one.firstMs), toMs);
    const periods = this.#periods[basis];
    return { fromMs: periods.period(periods.index(this.#grid.atOrBefore(firstMs - 1))).fromMs, toMs };
  }

  /** What was sold over the same intervals. */
  async #exported(pieces: readonly Intervals[]): Promise<Intervals | undefined> {
    const [first, last] = [pieces[0], pieces.at(-1)];
    const [fromMs, toMs] = [first?.tMs[0], last?.tMs.at(-1)];
    if (this.#sold === undefined || first === undefined || fromMs === undefined || toMs === undefined) return undefined;
    return this.#sold.intervals({ fromMs: fromMs - first.lengthMs, toMs });
  }

  #opened(basis: Basis, { pieces, exported, plan }: Pick<Ledger, "pieces" | "exported" | "plan">): Ledger {
    const periods = this.#periods[basis];
    const intervals = joined(pieces);
    const now = periods.index(this.#nowMs());
    const first = intervals.tMs.length === 0 ? now : periods.index((intervals.tMs[0] as number) - intervals.lengthMs);
    const { holidays } = this.#settings;
    if (plan === undefined) return { periods, pieces, intervals, exported, plan, bills: new Map(), first, now };
    const sold = exported === undefined ? {} : { exported };
    const demand = billing(plan, intervals, { periods, nowMs: this.#nowMs(), holidays, ...sold });
    return {
      periods,
      pieces,
      intervals,
      exported,
      plan,
      demand,
      bills: new Map(bills(demand).map((bill) => [periods.index(bill.period.fromMs), bill])),
      first,
      now,
    };
  }
}

function isSameExport(a: Intervals | undefined, b: Intervals | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && isSamePiece(a, b));
}
