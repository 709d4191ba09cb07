import { qualityNames } from "#series/quality.ts";
import type { Series } from "#sites/registry.ts";
import type { Range, ReadOptions, Store } from "#store/store.ts";
import { quantityOf } from "#units/quantity.ts";
import { type Catalog, pointKey, saysTexts, wordsOf } from "./catalog.ts";
import { csvLine, LINE_END, numberCell, textCell } from "./csv.ts";
import { Cursor } from "./cursor.ts";
import { localTimes, utcTimes } from "./local-time.ts";

const CHUNK_CHARACTERS = 65_536;

export interface ExportWish {
  readonly series: readonly Series[];
  readonly range: Range;
  readonly time: "iso" | "local";
  readonly header: "names" | "keys";
  readonly quality: boolean;
  readonly asOfMs?: number;
}

/**
 * Every sample of some series as CSV, one line per instant at which any has one, read as the reader takes it.
 * Missing: an empty cell.
 */
export async function* exportCsv(store: Pick<Store, "read">, catalog: Catalog, wish: ExportWish): AsyncGenerator<string> {
  const zone = zoneOf(catalog, wish);
  const time = wish.time === "local" ? localTimes(zone) : utcTimes();
  const options: ReadOptions = wish.asOfMs === undefined ? {} : { asOfMs: wish.asOfMs };
  const cursors = wish.series.map(
    (series) => new Cursor((range, limit) => store.read(series.id, range, { ...options, limit }), wish.range),
  );
  const cells = wish.series.map((series) => cellsOf(catalog, series, wish.quality));
  let chunk = headerLine(catalog, wish, zone);
  for (;;) {
    for (const cursor of cursors) if (cursor.exhausted) await cursor.turn();
    let tMs = Number.POSITIVE_INFINITY;
    for (const cursor of cursors) if (cursor.tMs < tMs) tMs = cursor.tMs;
    if (tMs === Number.POSITIVE_INFINITY) break;
    // Written by hand: a year of seconds is 31 million lines.
    chunk += time(tMs);
    for (const [i, cursor] of cursors.entries()) chunk += `,${(cells[i] as Cells)(cursor, tMs)}`;
    chunk += LINE_END;
    if (chunk.length > CHUNK_CHARACTERS) {
      yield chunk;
      chunk = "";
    }
  }
  yield chunk;
}

/** The cells of one series on one line, joined. */
type Cells = (cursor: Cursor, tMs: number) => string;

function cellsOf(catalog: Catalog, series: Series, withQuality: boolean): Cells {
  const empty = withQuality ? "," : "";
  return (cursor, tMs) => {
    const row = cursor.take(tMs);
    if (row < 0) return empty;
    const { page } = cursor;
    const value = page.value[row] as number;
    const { text, status } = wordsOf(catalog, series, { value, code: page.code?.[row] ?? 0 });
    const cell = text === undefined ? numberCell(value) : textCell(text);
    return withQuality ? `${cell},${marksCell(page.quality[row] as number, status)}` : cell;
  };
}

function marksCell(quality: number, status: string | undefined): string {
  if (quality === 0 && status === undefined) return "";
  return textCell([...qualityNames(quality), ...(status === undefined ? [] : [status])].join(" "));
}

function headerLine(catalog: Catalog, wish: ExportWish, zone: string): string {
  const names = wish.header === "keys" ? wish.series.map((series) => series.key) : namesOf(catalog, wish.series);
  const columns = wish.series.flatMap((series, i) => {
    const name = names[i] as string;
    const value = textCell(series.unit === "" || saysTexts(series) ? name : `${name} [${series.unit}]`);
    return wish.quality ? [value, textCell(`${name} quality`)] : [value];
  });
  return csvLine([textCell(wish.time === "local" ? `time (${zone})` : "time (UTC)"), ...columns]);
}

/** Names for people; the key where two would be alike. */
function namesOf(catalog: Catalog, series: readonly Series[]): string[] {
  const names = series.map((one) => {
    const point = catalog.pointByKey.get(pointKey(one))?.name ?? one.point;
    return `${point} ${quantityOf(one.quantity).label}`;
  });
  return names.map((name, i) => (names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} ${(series[i] as Series).key}`));
}

/** The clock of the first series' site; one file has one clock. */
function zoneOf(catalog: Catalog, wish: ExportWish): string {
  return catalog.siteById.get(wish.series[0]?.site ?? "")?.zone ?? "UTC";
}
