import { ImportProblem } from "#intake/import-problem.ts";
import type { IntakeLine } from "#intake/line.ts";
import { unusableName } from "#intake/place.ts";
import { pointKey } from "#intake/registry-view.ts";
import type { Source } from "#intake/source.ts";
import { noteDevice } from "#intake/swap.ts";
import { type Registry, type Series, seriesKey } from "#sites/registry.ts";
import { sameDimension } from "#units/unit.ts";
import { SAID } from "./row.ts";

/** Where the rows of one meter go. */
export interface Destination {
  /** Its number; empty where the file tells none. */
  readonly meter: string;
  readonly site: string;
  readonly point: string;
  readonly source: string;
  /** They go on in the series that a reader fills. */
  readonly joins: boolean;
}

/** The series of a destination as they are now, in the order of SAID. Missing: undefined for one that is not there yet. Errors: ImportProblem `series-unlike`. */
export function seriesAt({ site, point, source }: Destination, registry: Registry): (Series | undefined)[] {
  const byKey = new Map(registry.series.map((one) => [one.key, one]));
  return SAID.map(({ quantity, kind, unit }) => {
    const series = byKey.get(seriesKey({ site, point, quantity, source }));
    if (series === undefined || (series.kind === kind && sameDimension(series.unit, unit))) return series;
    throw new ImportProblem(
      "series-unlike",
      `${series.key} is a ${series.kind} in ${series.unit}; the old monitor's is a ${kind} in ${unit}. Name another --point or --source.`,
    );
  });
}

/** Makes the series that have something to hold, with their point and meter. Errors: ImportProblem `name-unusable`; those of the store. */
export async function openSeries(
  at: Destination,
  line: Pick<IntakeLine, "within">,
  wanted: { readonly holds: readonly boolean[]; readonly firstMs: number; readonly nowMs: number },
): Promise<(Series | undefined)[]> {
  const { site, point, source, meter } = at;
  const refused = unusableName("point", point, "/@") ?? unusableName("source", source, "/@");
  if (refused !== undefined) throw new ImportProblem(refused.code, refused.sentence);
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
    if (problem !== undefined) throw new ImportProblem(problem.code, problem.sentence);
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
