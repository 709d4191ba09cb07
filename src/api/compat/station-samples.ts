import { type Catalog, saysTexts, wordsOf } from "#api/catalog.ts";
import { figure } from "#api/plants/wire.ts";
import type { RouteDeps } from "#api/route-kit.ts";
import type { OldSample } from "#contract/old-niagara.ts";
import { isOnWord } from "#reports/building-switches.ts";
import type { Series } from "#sites/registry.ts";
import type { Range, Store } from "#store/store.ts";
import type { OldHistory, StationDesk } from "./station-desk.ts";
import { stationTime } from "./station-time.ts";

interface Row {
  readonly tMs: number;
  readonly history: OldHistory;
  readonly series: Series;
  readonly value: number;
  readonly code: number;
}

export interface SamplesWish {
  readonly histories: readonly OldHistory[];
  readonly range: Range;
  /** The newest so many of all of them. */
  readonly limit: number;
}

/** Samples as they were sent, ascending: bad ones too, each with its status. Where the limit cuts, the newest are told. */
export async function samplesOf(deps: Pick<RouteDeps, "store" | "catalog">, desk: StationDesk, wish: SamplesWish): Promise<OldSample[]> {
  const catalog = await deps.catalog();
  const rows = await newestRows(deps.store, desk, wish);
  return rows.map((row) => sampleOf(row, catalog));
}

/** Histories that spoke last come first, so that those too old to be among the newest need not be read. */
async function newestRows(
  store: Pick<Store, "read" | "latest">,
  desk: StationDesk,
  { histories, range, limit }: SamplesWish,
): Promise<Row[]> {
  let newest: Row[] = [];
  for (const { history, lastMs } of await bySpeaking(store, histories)) {
    if (newest.length >= limit && lastMs < (newest[0] as Row).tMs) break;
    newest = [...newest, ...(await rowsOf(store, desk, { history, range, limit }))].sort((a, b) => a.tMs - b.tMs).slice(-limit);
  }
  return newest;
}

async function bySpeaking(store: Pick<Store, "latest">, histories: readonly OldHistory[]) {
  if (histories.length < 2) return histories.map((history) => ({ history, lastMs: Number.POSITIVE_INFINITY }));
  const latest = await store.latest(histories.flatMap(({ point }) => point.series.map(({ id }) => id)));
  const lastMs = new Map(Array.from(latest.seriesId, (id, row) => [id, latest.tMs[row] as number] as const));
  return histories
    .map((history) => ({ history, lastMs: Math.max(...history.point.series.map(({ id }) => lastMs.get(id) ?? Number.NEGATIVE_INFINITY)) }))
    .filter(({ lastMs: last }) => last > Number.NEGATIVE_INFINITY)
    .toSorted((a, b) => b.lastMs - a.lastMs);
}

/** Rows of one history. What several sources say of one instant is told once, by the source that counts most. */
async function rowsOf(
  store: Pick<Store, "read">,
  { settings }: StationDesk,
  { history, range, limit }: Omit<SamplesWish, "histories"> & { readonly history: OldHistory },
): Promise<Row[]> {
  const rankOf = ({ source }: Series): number =>
    settings.ranked.includes(source) ? settings.ranked.indexOf(source) : settings.ranked.length;
  const rows = new Map<number, Row>();
  for (const series of history.point.series.toSorted((a, b) => rankOf(b) - rankOf(a) || b.id - a.id)) {
    const { tMs, value, code } = await store.read(series.id, range, { limit: -limit });
    for (const [i, at] of tMs.entries()) rows.set(at, { tMs: at, history, series, value: value[i] as number, code: code?.[i] ?? 0 });
  }
  return [...rows.values()];
}

function sampleOf({ tMs, history, series, value, code }: Row, catalog: Catalog): OldSample {
  const { text, status } = wordsOf(catalog, series, { value, code });
  const isOn = text === undefined ? undefined : isOnWord(text);
  return {
    stationName: history.stationName,
    historyId: history.historyId,
    timestamp: stationTime(tMs),
    status: status ?? null,
    value: saysTexts(series) ? (isOn === undefined ? null : Number(isOn)) : figure(value),
    ...(text === undefined ? {} : { text }),
  };
}

/** The instant of the oldest of the newest so many rows of a history. Missing: the beginning of the range where there are fewer. */
export async function newestFrom(
  store: Pick<Store, "read">,
  desk: StationDesk,
  wish: Omit<SamplesWish, "histories"> & { readonly history: OldHistory },
): Promise<number> {
  const rows = await rowsOf(store, desk, wish);
  const instants = rows.map(({ tMs }) => tMs).toSorted((a, b) => a - b);
  return instants.at(-wish.limit) ?? instants[0] ?? wish.range.fromMs;
}
