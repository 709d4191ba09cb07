import { kebab } from "#dialects/kebab.ts";
import type { Destination } from "#intake/meter-past/destination.ts";
import type { Registry } from "#sites/registry.ts";

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
