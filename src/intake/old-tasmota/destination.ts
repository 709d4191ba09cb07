import { kebab } from "#dialects/kebab.ts";
import type { IntakeLine } from "#intake/line.ts";
import { unusableName } from "#intake/place.ts";
import { pointKey } from "#intake/registry-view.ts";
import type { Source } from "#intake/source.ts";
import { noteDevice } from "#intake/swap.ts";
import { type Registry, type Series, seriesKey } from "#sites/registry.ts";
import { sameDimension } from "#units/unit.ts";
import { OldFileProblem } from "./old-file.ts";
import { SAID } from "./old-row.ts";

/** The source of what nobody reads any more. */
export const OLD_TASMOTA = "old-tasmota";

/** Where a person wants the rows. */
export interface Wish {
  readonly site: string;
  /** Left out: the point of the reader that knows the meter's number, else one of its own. */
  readonly point?: string;
  /** A source of the configuration whose series the rows go on in. */
  readonly source?: string;
  /** Sources of the configuration that read Tasmota meters. */
  readonly readers: readonly string[];
}

/** Where the rows of one meter go. */
export interface Destination {
  readonly meter: string;
  readonly site: string;
  readonly point: string;
  readonly source: string;
  readonly joins: boolean;
}

/**
 * Rows go on in the very series a reader fills, so that there is one register from the first day: at the point that is named, or where the
 * reader has told the same number of the meter. Without a reader they get a source of their own.
 */
export function destinationOf(meter: string, wish: Wish, registry: Registry): Destination {
  const told = wish.point === undefined ? byNumber(meter, wish, registry) : { point: wish.point, source: wish.source };
  const point = told?.point ?? ownPoint(meter);
  const source = told?.source ?? wish.source ?? (told === undefined ? undefined : readerAt(point, wish, registry)) ?? OLD_TASMOTA;
  return { meter, site: wish.site, point, source, joins: source !== OLD_TASMOTA };
}

function ownPoint(meter: string): string {
  return kebab(meter) || "meter";
}

function byNumber(meter: string, { site }: Wish, { devices, assignments }: Registry): { point: string; source: string } | undefined {
  if (meter === "") return undefined;
  const known = devices.filter(({ serial, source }) => source !== OLD_TASMOTA && serial?.toLowerCase() === meter.toLowerCase());
  const rows = assignments.filter((row) => row.site === site && known.some(({ source, id }) => source === row.source && id === row.device));
  const newest = rows.toSorted((a, b) => b.fromMs - a.fromMs)[0];
  return newest && { point: newest.point, source: newest.source };
}

/** The one source that has counted there, else the one reader of the configuration. Missing: undefined where there are several or none. */
function readerAt(point: string, { site, readers }: Wish, { series }: Registry): string | undefined {
  const spoke = new Set(
    series
      .filter((one) => one.site === site && one.point === point && one.source !== OLD_TASMOTA && one.quantity === "energy-import")
      .map(({ source }) => source),
  );
  const found = spoke.size === 0 ? readers : [...spoke];
  return found.length === 1 ? found[0] : undefined;
}

/** The series of a destination as they are now, in the order of SAID. Missing: undefined for one that is not there yet. Errors: OldFileProblem `series-unlike`. */
export function seriesAt({ site, point, source }: Destination, registry: Registry): (Series | undefined)[] {
  const byKey = new Map(registry.series.map((one) => [one.key, one]));
  return SAID.map(({ quantity, kind, unit }) => {
    const series = byKey.get(seriesKey({ site, point, quantity, source }));
    if (series === undefined || (series.kind === kind && sameDimension(series.unit, unit))) return series;
    throw new OldFileProblem(
      "series-unlike",
      `${series.key} is a ${series.kind} in ${series.unit}; the old monitor's is a ${kind} in ${unit}. Name another --point or --source.`,
    );
  });
}

/** Makes the series that have something to hold, with their point and meter. Errors: OldFileProblem `name-unusable`; those of the store. */
export async function openSeries(
  at: Destination,
  line: Pick<IntakeLine, "within">,
  wanted: { readonly holds: readonly boolean[]; readonly firstMs: number; readonly nowMs: number },
): Promise<(Series | undefined)[]> {
  const { site, point, source, meter } = at;
  const refused = unusableName("point", point, "/@") ?? unusableName("source", source, "/@");
  if (refused !== undefined) throw new OldFileProblem(refused.code, refused.sentence);
  let found: (Series | undefined)[] = [];
  await line.within(({ change }) => {
    if (!change.view.points.has(pointKey({ site, id: point }))) change.addPoint({ site, id: point, name: nameOf(at) });
    found = SAID.map(({ quantity, kind, unit }, i) => {
      const known = change.view.at(source, site, point)?.get(quantity)?.series;
      if (known !== undefined || wanted.holds[i] !== true) return known;
      const parts = { site, point, quantity, source };
      return change.addSeries({ key: seriesKey(parts), ...parts, kind, unit, equalInstant: "last" }).series;
    });
    // What a reader fills already has its own device.
    if (at.joins || meter === "") return;
    const said = {
      device: meter,
      serial: meter,
      point,
      pointName: meter,
      quantity: "energy-import",
      unit: "kWh",
      kind: "counter",
    } as const;
    const message = { source, topic: "", body: new Uint8Array(), receivedMs: wanted.nowMs, qos: 1, retained: false } as const;
    const telling = { source: nobody(source), message, equalInstant: "last", limits: { newPerHour: 10_000, textsPerSeries: 0 } } as const;
    const reading = { ...said, value: 0, tMs: wanted.firstMs };
    const problem = noteDevice(change, telling, { reading, place: { site, point }, tMs: wanted.firstMs, known: undefined });
    if (problem !== undefined) throw new OldFileProblem(problem.code, problem.sentence);
  });
  return found;
}

/** A point that was named keeps its name, until a reader says another. */
function nameOf({ joins, meter, point }: Destination): string {
  return joins ? point : `Meter ${meter}`.trim();
}

function nobody(name: string): Source {
  return { name, topics: [], dialect: "", options: undefined, points: new Map(), keepRawMs: 0 };
}
