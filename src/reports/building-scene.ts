import type { BuildingPoint, Equipment } from "#buildings/model.ts";
import type { Silence } from "#series/silence.ts";
import type { Range, Store } from "#store/store.ts";
import type { BuildingPage } from "./building-book.ts";
import type { ColumnParts } from "./building-columns.ts";
import { type JudgedParts, type JudgedZone, judgedZone } from "./building-judged.ts";
import type { KeptAnswers, MadeOf, Versions } from "./building-kept.ts";
import { isZone, type JudgedMachine, judgedMachine } from "./building-machines.ts";
import { hoursOf } from "./building-occupancy.ts";
import { type JudgedRange, type RoleReader, SpokenTogether } from "./building-role-clean.ts";
import type { BuildingSettings } from "./building-settings.ts";
import { type StationNow, type StationSeries, type StationSilences, stationName, stationsOf } from "./building-silences.ts";
import type { GatheredReads } from "./gathered-reads.ts";
import type { Turns } from "./turns.ts";

const MINUTE_MS = 60_000;
const QUARTER_MS = 900_000;
/** Ranges up to here are told to the minute, longer ones to the quarter-hour. */
const SHORT_MS = 2 * 86_400_000;

/** What is kept between questions. */
export interface KeptParts {
  readonly zones: KeptAnswers<JudgedZone>;
  readonly machines: KeptAnswers<JudgedMachine>;
  readonly silences: StationSilences;
  /** So much is read at once, and no more is in memory. */
  readonly turns: Turns;
  /** What is asked for at once is read in one go. */
  readonly reads: GatheredReads;
}

export interface SceneParts {
  readonly store: Store;
  readonly settings: BuildingSettings;
  readonly page: BuildingPage;
  /** Of every series of the page, read before anything else. */
  readonly versions: Versions;
  readonly nowMs: number;
  readonly kept: KeptParts;
}

/** What of a range is known already, and until when anything is. */
export function judgedRange({ fromMs, toMs }: Range, nowMs: number): JudgedRange {
  const stepMs = toMs - fromMs > SHORT_MS ? QUARTER_MS : MINUTE_MS;
  // A short range ends with the running minute, so that what came a moment ago is in it.
  const horizonMs = (stepMs === MINUTE_MS ? Math.ceil : Math.floor)(nowMs / stepMs) * stepMs;
  return { fromMs, toMs: Math.max(fromMs, Math.min(toMs, horizonMs)), horizonMs };
}

interface Station {
  readonly of: StationSeries;
  readonly versions: Float64Array;
}

/** A building at one moment: who is there, what is known, and how it is judged over a range. */
export class BuildingScene {
  readonly parts: SceneParts;
  readonly zones: readonly Equipment[];
  readonly #byId: ReadonlyMap<string, Equipment>;
  readonly #stations: ReadonlyMap<string, Station>;
  readonly #now = new Map<string, Promise<StationNow>>();

  constructor(parts: SceneParts) {
    const { equipment, points } = parts.page.model;
    this.parts = parts;
    this.zones = equipment.filter(isZone);
    this.#byId = new Map(equipment.map((one) => [one.id, one]));
    this.#stations = new Map(
      [...stationsOf(points.map(({ point }) => point))].map(([station, seriesIds]) => {
        const versions = Float64Array.from(seriesIds, (id) => parts.versions.get(id) ?? 0);
        return [station, { of: { station, seriesIds }, versions }];
      }),
    );
  }

  equipment(id: string): Equipment | undefined {
    return this.#byId.get(id);
  }

  get stations(): readonly string[] {
    return [...this.#stations.keys()];
  }

  columns(): ColumnParts {
    const { settings, page, kept } = this.parts;
    return { store: kept.reads, settings, textsOf: page.textsOf };
  }

  /** When a station spoke last, and whether it is silent now. */
  stationNow(station: string): Promise<StationNow> {
    const known = this.#now.get(station) ?? this.#stationNow(station);
    this.#now.set(station, known);
    return known;
  }

  async #stationNow(name: string): Promise<StationNow> {
    const { of, versions } = this.#stations.get(name) ?? { of: { station: name, seriesIds: [] }, versions: new Float64Array(0) };
    return this.parts.kept.silences.at(this.parts.nowMs, of, versions);
  }

  async #silences({ of, versions }: Station, untilMs: number): Promise<readonly Silence[]> {
    return this.parts.kept.silences.before(untilMs, of, versions);
  }

  /** Reads roles over a range. */
  async reader(range: JudgedRange): Promise<RoleReader> {
    const silences = new Map(
      await Promise.all([...this.#stations].map(async ([name, station]) => [name, await this.#silences(station, range.toMs)] as const)),
    );
    const silencesOf = async (point: BuildingPoint, source: string): Promise<readonly Silence[]> =>
      silences.get(stationName(point, source)) ?? [];
    return { parts: this.columns(), range, silencesOf, silencePrint: printOf(silences), together: new SpokenTogether() };
  }

  /** Equipment that is no zone over the range of a reader. */
  machines(machines: readonly Equipment[], reader: RoleReader): Promise<JudgedMachine[]> {
    const { kept, versions, settings } = this.parts;
    const hours = hoursOf(settings, reader.range);
    const wanted = machines.map((machine) => ({
      name: machine.id,
      ...this.#madeOf([machine], reader),
      make: () => kept.turns.take(() => judgedMachine(machine, { hours, reader })),
    }));
    return kept.machines.all(nameOf(reader.range), wanted, versions);
  }

  /** Zones over the range of a reader. */
  async judged(zones: readonly Equipment[], reader: RoleReader): Promise<JudgedZone[]> {
    const { kept, versions, settings } = this.parts;
    const hours = hoursOf(settings, reader.range);
    const serving = await this.#serving(zones, reader);
    const wanted = zones.map((zone) => {
      const handler = zone.servedBy === undefined ? undefined : this.equipment(zone.servedBy);
      const servedBy = handler && serving.get(handler.id)?.serves;
      return {
        name: zone.id,
        ...this.#madeOf(handler === undefined ? [zone] : [zone, handler], reader),
        make: () => kept.turns.take(async () => (await judgedZone(zone, { hours, servedBy, reader })).judged),
      };
    });
    return kept.zones.all(nameOf(reader.range), wanted, versions);
  }

  /** One zone with the columns it is judged by, read anew. */
  async zoneParts(zone: Equipment, reader: RoleReader): Promise<JudgedParts & { readonly handler: JudgedMachine | undefined }> {
    const handler = zone.servedBy === undefined ? undefined : (await this.#serving([zone], reader)).get(zone.servedBy);
    const hours = hoursOf(this.parts.settings, reader.range);
    return { ...(await judgedZone(zone, { hours, servedBy: handler?.serves, reader })), handler };
  }

  async #serving(zones: readonly Equipment[], reader: RoleReader): Promise<ReadonlyMap<string, JudgedMachine>> {
    const ids = [...new Set(zones.flatMap(({ servedBy }) => servedBy ?? []))];
    const handlers = ids.flatMap((id) => this.equipment(id) ?? []);
    const judged = await this.machines(handlers, reader);
    return new Map(handlers.map(({ id }, i) => [id, judged[i] as JudgedMachine]));
  }

  #madeOf(equipment: readonly Equipment[], { range, silencePrint }: RoleReader): MadeOf {
    const { settings, page } = this.parts;
    const around = Math.max(settings.flatMs, settings.flow.pairingMs);
    const untilMs = Math.min(range.toMs + around, Math.max(range.toMs, range.horizonMs) + settings.flow.pairingMs);
    const seriesIds = page.seriesOf(equipment);
    return { seriesIds, untilMs, print: `${page.generation} ${silencePrint}` };
  }
}

function nameOf({ fromMs, toMs }: JudgedRange): string {
  return `${fromMs} ${toMs}`;
}

/** Another text whenever a station was silent at another time. */
function printOf(silences: ReadonlyMap<string, readonly Silence[]>): string {
  return [...silences]
    .map(([station, all]) => `${station} ${all.length} ${all.reduce((sum, { fromMs, toMs }, i) => sum + (i + 1) * fromMs + toMs, 0)}`)
    .join("\n");
}
