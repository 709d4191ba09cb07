import type { MeterConsumption } from "#analytics/meter-consumption.ts";
import { dateStart } from "#calendar/local-text.ts";
import type { Zone } from "#calendar/zone.ts";
import type { Registry } from "#sites/registry.ts";
import type { Range, ReadOptions, Store } from "#store/store.ts";
import type { MeterFigure } from "./meter-answers.ts";
import { type CostHours, costSeriesOf, readCostHours } from "./meter-cost-hours.ts";
import type { CostedRows } from "./meter-costed-rows.ts";
import { type Costs, costRows } from "./meter-costs.ts";
import { figuresOf } from "./meter-figures.ts";
import type { Grids } from "./meter-grids.ts";
import type { FoundAnomalies, MeterMoment, MomentNodes } from "./meter-ledger.ts";
import type { MeterNode } from "./meter-part.ts";
import type { MeterSettings } from "./meter-settings.ts";

/** Everything a question about meters is answered from, as it was at one moment. */
export class MeterScene {
  readonly store: Store;
  readonly registry: Registry;
  readonly nodes: MomentNodes;
  readonly zone: Zone;
  readonly found: FoundAnomalies;
  readonly grids: Grids;
  readonly costed: CostedRows;
  readonly isHoliday: (dayMs: number) => boolean;

  readonly #read = new Map<string, Promise<CostHours | undefined>>();

  constructor(parts: Pick<MeterScene, "store" | "registry" | "nodes" | "zone" | "found" | "grids" | "costed">) {
    this.store = parts.store;
    this.registry = parts.registry;
    this.nodes = parts.nodes;
    this.zone = parts.zone;
    this.found = parts.found;
    this.grids = parts.grids;
    this.costed = parts.costed;
    const holidays = new Set(this.moment.settings.holidays.flatMap((date) => dateStart(date, parts.zone) ?? []));
    this.isHoliday = (dayMs) => holidays.has(dayMs);
  }

  get moment(): MeterMoment {
    return this.nodes.moment;
  }

  get nowMs(): number {
    return this.moment.nowMs;
  }

  /** How a store is read: with the knowledge of the moment. */
  get options(): ReadOptions {
    const { asOfMs } = this.moment;
    return asOfMs === undefined ? {} : { asOfMs };
  }

  settingsOf(id: string): MeterSettings | undefined {
    return this.moment.settings.meters.find((settings) => settings.id === id);
  }

  /** Missing: undefined where the settings are broken. */
  nodeOf({ meter }: MeterSettings): Promise<MeterNode | undefined> {
    return this.nodes.named(meter);
  }

  /** Of rows of the node, worked out when somebody looks at them. */
  async costs(node: MeterNode, rows: MeterConsumption): Promise<Costs> {
    const hours = await this.#hours(node);
    if (hours !== undefined) return costRows(node, rows, { zone: this.zone, hours });
    // By prices alone the same rows cost the same.
    const known = this.costed.of(node, rows) ?? (await costRows(node, rows, { zone: this.zone }));
    return this.costed.keep(node, rows, known);
  }

  /** One after another between edges. */
  async figures(node: MeterNode, edgesMs: Float64Array): Promise<MeterFigure[]> {
    const rows = await node.consumption(edgesMs);
    return figuresOf(rows, (await this.costs(node, rows))());
  }

  async figure(node: MeterNode, { fromMs, toMs }: Range): Promise<MeterFigure> {
    const [figure] = await this.figures(node, Float64Array.of(fromMs, toMs));
    return figure as MeterFigure;
  }

  /** Read once for all questions of the moment. */
  #hours({ settings }: MeterNode): Promise<CostHours | undefined> {
    const series = costSeriesOf(this.registry, settings);
    const known = this.#read.get(settings.id) ?? (series ? readCostHours(this.store, series, this.options) : Promise.resolve(undefined));
    this.#read.set(settings.id, known);
    return known;
  }
}
