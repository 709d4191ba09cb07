import type { GasRule } from "#analytics/gas-conversion.ts";
import type { MeterAnomaly } from "#analytics/meter-anomaly.ts";
import { parseFormula } from "#analytics/meter-formula.ts";
import { dateStart } from "#calendar/local-text.ts";
import { type Zone, zoneNamed } from "#calendar/zone.ts";
import type { Fact } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import { CombinedNode, type Part, type Stretch } from "./meter-combined.ts";
import { CostedRows } from "./meter-costed-rows.ts";
import { DialHistory, EVER, idsOf } from "./meter-dial-history.ts";
import { dialRules } from "./meter-dial-rules.ts";
import { Grids } from "./meter-grids.ts";
import { handedOver } from "./meter-handover.ts";
import { type MeterNode, turnOf } from "./meter-part.ts";
import { PhysicalNode } from "./meter-physical.ts";
import type { MasterMeter, MeterSettings, PhysicalMeter, SiteMeters, VirtualMeter } from "./meter-settings.ts";
import { Turns } from "./turns.ts";

/** What the meters of a site are derived from at one moment. */
export interface MeterMoment {
  readonly nowMs: number;
  readonly settings: SiteMeters;
  /** Of the site, oldest first. */
  readonly facts: readonly Fact[];
  /** Of every series that is read. */
  readonly versions: ReadonlyMap<number, number>;
  /** Left out: everything that is known now. */
  readonly asOfMs?: number | undefined;
}

interface Kept {
  readonly settings: MeterSettings;
  /** All of the settings in one text. */
  readonly print: string;
  readonly made: readonly unknown[];
  readonly node: MeterNode;
}

/** Anomalies of a node with what was called usual when they were looked for. */
export type FoundAnomalies = WeakMap<MeterNode, { readonly usual: string; readonly anomalies: Promise<readonly MeterAnomaly[]> }>;

/** So many dials are read at once: one is judged while the next is read, and no more are in memory. */
const DIALS_AT_ONCE = 2;

/** Keeps what is derived of each meter for as long as nothing it is made of changes. */
export class MeterLedger {
  readonly zone: Zone;
  readonly found: FoundAnomalies = new WeakMap();
  readonly grids = new Grids();
  readonly costed = new CostedRows();
  readonly #store: Store;
  readonly #histories = new Map<string, DialHistory>();
  readonly #nodes = new Map<string, Kept>();
  readonly #turns = new Turns(DIALS_AT_ONCE);

  constructor(store: Store, zone: string) {
    this.#store = store;
    this.zone = zoneNamed(zone);
  }

  /** The meters of a moment, each made when it is asked for. */
  at(moment: MeterMoment): MomentNodes {
    return new MomentNodes(moment, {
      zone: this.zone,
      physical: (settings, what) => this.#physical(settings, what, moment),
      keep: (settings, made, make) => (moment.asOfMs === undefined ? this.#keep(settings, made, make) : make()),
    });
  }

  #physical(settings: MeterSettings, what: PhysicalMeter, moment: MeterMoment): Promise<MeterNode> {
    const { zone } = this;
    const { nowMs, asOfMs, facts } = moment;
    const rules = dialRules(settings, what, { zone, facts, nowMs });
    const history = this.#historyOf(settings.id);
    const versions = Float64Array.from(idsOf(rules.dial), (id) => moment.versions.get(id) ?? 0);
    const horizonMs = zone.nextStart("day", nowMs);
    return this.#turns.take(async () => {
      const skeleton = await (asOfMs === undefined ? history.now(rules, versions) : history.asOf(rules, asOfMs));
      const span = { ...spanOf(settings, moment.settings, { zone, horizonMs }), horizonMs };
      const make = (): MeterNode => new PhysicalNode({ settings, history, rules, skeleton, ...span, asOfMs });
      return asOfMs === undefined ? this.#keep(settings, [skeleton, rules.print, horizonMs, span.beginMs], make) : make();
    });
  }

  #historyOf(id: string): DialHistory {
    const history = this.#histories.get(id) ?? new DialHistory(this.#store);
    this.#histories.set(id, history);
    return history;
  }

  /** The very same node for as long as what it is made of is the same, so that what was made of it can be kept with it. */
  #keep(settings: MeterSettings, made: readonly unknown[], make: () => MeterNode): MeterNode {
    const kept = this.#nodes.get(settings.id);
    const isMadeSame = kept?.made.length === made.length && made.every((one, i) => one === kept.made[i]);
    if (kept !== undefined && isMadeSame && (kept.settings === settings || kept.print === JSON.stringify(settings))) return kept.node;
    const node = make();
    this.#nodes.set(settings.id, { settings, print: JSON.stringify(settings), made, node });
    return node;
  }
}

interface Making {
  readonly zone: Zone;
  readonly physical: (settings: MeterSettings, what: PhysicalMeter) => Promise<MeterNode>;
  readonly keep: (settings: MeterSettings, made: readonly unknown[], make: () => MeterNode) => MeterNode;
}

/** The meters of one moment. */
export class MomentNodes {
  readonly moment: MeterMoment;
  readonly #making: Making;
  readonly #byName: ReadonlyMap<string, MeterSettings>;
  readonly #nodes = new Map<string, Promise<MeterNode>>();
  readonly #gas: readonly GasRule[];
  readonly #gasPrint: string;

  constructor(moment: MeterMoment, making: Making) {
    this.moment = moment;
    this.#making = making;
    this.#byName = new Map(moment.settings.meters.map((settings) => [settings.meter, settings]));
    this.#gas = gasRules(moment.settings, making.zone);
    this.#gasPrint = JSON.stringify(moment.settings.gas);
  }

  /** Missing: undefined for a name that is no meter, and for one that is broken. */
  async named(name: string): Promise<MeterNode | undefined> {
    const settings = this.#byName.get(name);
    if (settings === undefined || this.moment.settings.problems.has(settings.id)) return undefined;
    const known = this.#nodes.get(name) ?? this.#made(settings);
    this.#nodes.set(name, known);
    return known;
  }

  #made(settings: MeterSettings): Promise<MeterNode> {
    const { what } = settings;
    if (what.kind === "physical") return this.#making.physical(settings, what);
    return what.kind === "master" ? this.#master(settings, what) : this.#virtual(settings, what);
  }

  async #master(settings: MeterSettings, { periods }: MasterMeter): Promise<MeterNode> {
    const { zone } = this.#making;
    const stretches: Stretch[] = [];
    for (const { fromDate, toDate, sources } of periods) {
      const parts = await Promise.all(sources.map((source) => this.#part(settings, source, 1)));
      const lastMs = toDate === undefined ? undefined : dateStart(toDate, zone);
      const toMs = lastMs === undefined ? EVER.toMs : zone.nextStart("day", lastMs);
      stretches.push({ fromMs: dateStart(fromDate, zone) ?? EVER.fromMs, toMs, parts });
    }
    return this.#combined(settings, handedOver(stretches, { zone, nowMs: this.moment.nowMs }));
  }

  async #virtual(settings: MeterSettings, { formula }: VirtualMeter): Promise<MeterNode> {
    const read = parseFormula(formula);
    const terms = "terms" in read ? read.terms : [];
    const parts = await Promise.all(terms.map(({ meter, factor }) => this.#part(settings, meter, factor)));
    return this.#combined(settings, [{ ...EVER, parts }]);
  }

  async #part(whole: MeterSettings, name: string, factor: number): Promise<Part> {
    const node = await this.named(name);
    const turn = node && turnOf(node.settings, whole);
    // Both are told as problems before anything is derived.
    if (node === undefined || turn === undefined) throw new Error(`${whole.id} cannot be made of ${name}`);
    return { node, factor, turn };
  }

  #combined(settings: MeterSettings, stretches: readonly Stretch[]): MeterNode {
    const made = [this.#gasPrint, ...stretches.flatMap(({ parts }) => parts.map(({ node }) => node))];
    return this.#making.keep(settings, made, () => new CombinedNode({ settings, stretches, gas: this.#gas }));
  }
}

/** How far a meter is carried on by itself: from where somebody said it began to where it ended, or today does. */
function spanOf(
  { installedOn, removedOn }: MeterSettings,
  { startYear }: SiteMeters,
  { zone, horizonMs }: { readonly zone: Zone; readonly horizonMs: number },
): { beginMs: number; endMs: number } {
  const installedMs = installedOn === undefined ? undefined : dateStart(installedOn, zone);
  const yearMs = startYear === undefined ? undefined : dateStart(`${startYear}-01-01`, zone);
  const removedMs = removedOn === undefined ? undefined : dateStart(removedOn, zone);
  const began = [installedMs, yearMs].filter((tMs) => tMs !== undefined);
  return {
    beginMs: began.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...began),
    endMs: removedMs === undefined ? horizonMs : Math.min(horizonMs, zone.nextStart("day", removedMs)),
  };
}

function gasRules({ gas }: SiteMeters, zone: Zone): GasRule[] {
  return gas.map(({ fromDate, calorificKwhPerM3, zFactor, basis }) => ({
    fromMs: fromDate === undefined ? Number.NEGATIVE_INFINITY : (dateStart(fromDate, zone) ?? Number.NEGATIVE_INFINITY),
    calorificKwhPerM3,
    zFactor,
    basis,
  }));
}
