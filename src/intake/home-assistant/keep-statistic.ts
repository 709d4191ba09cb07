import type { ImportHouse } from "#intake/import-house.ts";
import { Newcomers } from "#intake/newcomers.ts";
import { nameProblem, unusableName } from "#intake/place.ts";
import { pointKey } from "#intake/registry-view.ts";
import type { Column } from "#series/column.ts";
import { type Registry, type Series, seriesKey } from "#sites/registry.ts";
import type { AppendCounts } from "#store/store.ts";
import { conversion, sameDimension } from "#units/unit.ts";
import { HOUR_MS, type Statistic } from "./statistic.ts";
import { HOME_ASSISTANT } from "./wish.ts";

const LONGEST_UNIT = 40;

/** Keeps the hours of one statistic in its series; without an import it only counts. */
export class StatisticKeeper {
  readonly #statistic: Statistic;
  readonly #house: ImportHouse;
  readonly #importId: number | undefined;
  readonly #draft: Omit<Series, "id">;
  #series: Series | undefined;
  #newcomers: Newcomers | undefined;

  constructor(statistic: Statistic, of: { house: ImportHouse; site: string; registry: Registry; importId: number | undefined }) {
    this.#statistic = statistic;
    this.#house = of.house;
    this.#importId = of.importId;
    const { kind, unit, place } = statistic;
    const parts = { site: of.site, ...place, source: HOME_ASSISTANT };
    const length = kind === "interval" ? { intervalMs: HOUR_MS } : {};
    this.#draft = { key: seriesKey(parts), ...parts, kind, unit, ...length, equalInstant: "last" };
    this.#series = of.registry.series.find(({ key }) => key === this.#draft.key);
    statistic.left ??= this.#problem();
  }

  get key(): string {
    return this.#draft.key;
  }

  #problem(): string | undefined {
    const { point, quantity, unit, kind, intervalMs } = this.#draft;
    const name = unusableName("point", point, "/@") ?? unusableName("quantity", quantity, "/@");
    if (name !== undefined) return name.sentence.replace(/\.$/, "");
    const unitProblem = nameProblem(unit, LONGEST_UNIT);
    if (unitProblem !== undefined) return `its unit ${unitProblem}`;
    const had = this.#series;
    if (had === undefined || (had.kind === kind && had.intervalMs === intervalMs && sameDimension(had.unit, unit))) return undefined;
    return `${had.key} is a ${had.kind} in ${had.unit || "no unit"}, and this is a ${kind} in ${unit || "no unit"}; map it to another quantity`;
  }

  /** Keeps what waits of the statistic that nobody knows. Errors: those of the store. */
  async keep(ended: boolean): Promise<AppendCounts | undefined> {
    const column = this.#statistic.taken(ended);
    if (column.tMs.length === 0) return undefined;
    if (this.#series === undefined && this.#importId !== undefined) this.#series = await this.#open();
    const series = this.#series;
    if (series === undefined) {
      this.#statistic.samples.fresh += column.tMs.length;
      return undefined;
    }
    this.#newcomers ??= new Newcomers(this.#house.store, series.id);
    const fresh = await this.#newcomers.of(inUnit(column, this.#statistic.unit, series.unit), this.#statistic.samples);
    if (this.#importId === undefined || fresh.tMs.length === 0) return undefined;
    return this.#house.store.importColumn(series.id, fresh, { receivedMs: this.#house.nowMs(), importId: this.#importId });
  }

  async #open(): Promise<Series> {
    const { site, point, key } = this.#draft;
    const name = this.#statistic.meta.name || this.#statistic.meta.statistic;
    await this.#house.line.within(({ change }) => {
      if (!change.view.points.has(pointKey({ site, id: point })))
        change.addPoint({ site, id: point, name: nameProblem(name, 200) ? point : name });
      if (!change.view.series.has(key)) change.addSeries(this.#draft);
    });
    const { series } = await this.#house.store.registry();
    const opened = series.find((one) => one.key === key);
    if (opened === undefined) throw new Error(`Series ${key} was added and is not there.`);
    return opened;
  }
}

function inUnit(column: Column, from: string, to: string): Column {
  const convert = conversion(from, to);
  return convert === undefined || from === to ? column : { ...column, value: column.value.map(convert) };
}
