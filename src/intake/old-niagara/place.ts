import { type Meaning, meaningOf } from "#dialects/niagara-history/meaning.ts";
import { historyPointId, readableName } from "#dialects/niagara-history/names.ts";
import { mappedTo } from "#intake/place.ts";
import type { Source } from "#intake/source.ts";
import type { Reading } from "#readings/reading.ts";
import { canonicalName, decodeName } from "#series/history-name.ts";
import type { Registry, Series } from "#sites/registry.ts";
import type { OldHistory } from "./old-file.ts";
import { OLD_NIAGARA, type OldNiagaraWish } from "./wish.ts";

/** What the rows of an old history become. */
export interface PlacedHistory {
  /** The first reading but for time and value. */
  readonly reading: Omit<Reading, "value" | "tMs">;
  readonly site: string;
  readonly point: string;
  /** The series that goes on, where there is one. */
  readonly series?: Series;
  readonly problem?: string;
}

const MISSING_ID = "missing_history_id";

/** The source these histories belong to, as its settings place them. */
export function sourceOf({ listener, site }: OldNiagaraWish): Source {
  const points = new Map(listener?.points);
  return { name: listener?.name ?? OLD_NIAGARA, site, topics: [], dialect: "niagara-history", options: undefined, points, keepRawMs: 0 };
}

/** Puts a history where the live dialect puts it, by the names the old program kept. */
export function placed(old: OldHistory, wish: OldNiagaraWish, registry: Registry): PlacedHistory {
  const { listener } = wish;
  const label = escapesMended(old.history);
  const station = escapesMended(old.station);
  const key = label === MISSING_ID || label === "/" ? MISSING_ID : canonicalName(label) || MISSING_ID;
  const words = label === "/" ? decodeName(station) : decodeParts(label);
  const meaning = meaningOf(words, "", listener?.units ?? {});
  const pointName = key === MISSING_ID && label !== "/" ? `${station} (no history id)` : readableName(words);
  const named = {
    device: station,
    point: historyPointId(station, key, listener?.plainStation),
    pointName,
    about: { station },
  };
  const source = sourceOf(wish);
  const mapped = mappedTo(source, named);
  const slash = mapped?.indexOf("/") ?? -1;
  const site = slash > 0 && mapped ? mapped.slice(0, slash) : wish.site;
  const point = mapped?.slice(slash + 1) ?? named.point;
  const series = registry.series.find(
    (one) => one.source === source.name && one.site === site && one.point === point && one.quantity === meaning.quantity,
  );
  const reading = { ...named, quantity: meaning.quantity, unit: series?.unit ?? meaning.unit, kind: "gauge" } as const;
  const problem = series && unlike(series, meaning);
  return { reading, site, point, ...(series === undefined ? {} : { series }), ...(problem === undefined ? {} : { problem }) };
}

function unlike(series: Series, { unit }: Meaning): string | undefined {
  if (series.kind !== "gauge") return `${series.key} is a ${series.kind}; the old file has numbers.`;
  if (unit === "" || unit === series.unit) return undefined;
  return `${series.key} is in ${JSON.stringify(series.unit)}, and the source's settings say that the station writes ${JSON.stringify(unit)}.`;
}

function decodeParts(label: string): string {
  return label.split(" / ").map(decodeName).join(" / ");
}

/**
 * The old program expanded `$20` and `$2d` alone and then set letters and digits apart, so that `Zone$3a1` is kept as "Zone$3 a 1": its
 * escapes are put together again, for the live dialect expands them.
 */
export function escapesMended(label: string): string {
  return label
    .replace(/\$u((?: ?[0-9a-fA-F]){4})/g, (_whole, digits: string) => `$u${digits.replaceAll(" ", "")}`)
    .replace(/\$([0-9a-fA-F]) ?([0-9a-fA-F])/g, "$$$1$2");
}
