import type { BuildingModel, BuildingPoint, Equipment } from "#buildings/model.ts";
import { modelOf } from "#buildings/model-of.ts";
import type { Point, Registry, Series } from "#sites/registry.ts";
import { decidedOf } from "./building-facts.ts";
import type { BuildingSettings } from "./building-settings.ts";

/** Texts of a series by their code. */
export type Texts = ReadonlyMap<number, string>;

/** Who is there, and the words its series speak in, at one moment. */
export interface BuildingPage {
  readonly registry: Registry;
  readonly model: BuildingModel;
  /** Every series of a point of the model. */
  readonly series: readonly Series[];
  readonly seriesIds: readonly number[];
  readonly textsOf: (seriesId: number) => Texts;
  /** Ids of every series of some equipment, the very same list for the same equipment. */
  readonly seriesOf: (equipment: readonly Equipment[]) => readonly number[];
  /** Another one whenever who is there, or what anything is, changed. */
  readonly generation: number;
}

const NO_TEXTS: Texts = new Map();

/** The model of a site, made anew only when something of the site changed. */
export class BuildingBook {
  readonly #settings: BuildingSettings;
  #page: BuildingPage | undefined;
  #print = "";

  constructor(settings: BuildingSettings) {
    this.#settings = settings;
  }

  at(registry: Registry): BuildingPage {
    if (this.#page?.registry === registry) return this.#page;
    const points = buildingPoints(registry, this.#settings.site);
    const said = decidedOf(this.#settings, registry);
    const print = JSON.stringify([points, said]);
    const same = this.#page !== undefined && print === this.#print;
    const generation = (this.#page?.generation ?? 0) + (same ? 0 : 1);
    const model = same ? (this.#page as BuildingPage).model : modelOf(points, { ...said, rules: this.#settings.rules });
    const series = model.points.flatMap(({ point }) => point.series);
    const seriesIds = series.map(({ id }) => id);
    this.#print = print;
    this.#page = {
      registry,
      model,
      series,
      seriesIds,
      textsOf: textsIn(registry, new Set(seriesIds)),
      seriesOf: seriesOfEquipment(),
      generation,
    };
    return this.#page;
  }
}

function seriesOfEquipment(): BuildingPage["seriesOf"] {
  const known = new Map<string, readonly number[]>();
  return (equipment) => {
    const name = equipment.map(({ id }) => id).join(" ");
    const ids = known.get(name) ?? [
      ...new Set(equipment.flatMap(({ roles }) => [...roles.values()].flatMap(({ series }) => series.map(({ id }) => id)))),
    ];
    known.set(name, ids);
    return ids;
  };
}

/** Every point of a site with a series, with what its sender said of it. */
function buildingPoints(registry: Pick<Registry, "points" | "series">, site: string): BuildingPoint[] {
  const bySeries = new Map<string, Series[]>();
  for (const series of registry.series) {
    if (series.site !== site) continue;
    const own = bySeries.get(series.point);
    if (own === undefined) bySeries.set(series.point, [series]);
    else own.push(series);
  }
  return registry.points.flatMap((point) => {
    const series = point.site === site ? bySeries.get(point.id) : undefined;
    return series === undefined ? [] : [buildingPoint(point, series)];
  });
}

function buildingPoint({ site, id, name, about = {} }: Point, series: readonly Series[]): BuildingPoint {
  const { station = "", path = "", equipment = "", floor, tags = [] } = about;
  const floorTag = floor === undefined || floor === "" ? [] : [`floor=${floor}`];
  return { site, point: id, name, station, path, equipment, tags: [...tags, ...floorTag], series };
}

/** Texts of some series by their code. */
export function textsIn({ codes }: Pick<Registry, "codes">, ids: ReadonlySet<number>): (seriesId: number) => Texts {
  const texts = new Map<number, Map<number, string>>();
  for (const { seriesId, code, text } of codes) {
    if (!ids.has(seriesId)) continue;
    const own = texts.get(seriesId);
    if (own === undefined) texts.set(seriesId, new Map([[code, text]]));
    else own.set(code, text);
  }
  return (seriesId) => texts.get(seriesId) ?? NO_TEXTS;
}
