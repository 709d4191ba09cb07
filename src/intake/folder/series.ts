import type { Dialect } from "#dialects/dialect.ts";
import type { FileSaying } from "#dialects/file-format.ts";
import { notePoint } from "#intake/note-point.ts";
import type { OpenBatch } from "#intake/open-batch.ts";
import { type Place, placeOf } from "#intake/place.ts";
import { differs } from "#intake/settle.ts";
import type { Source } from "#intake/source.ts";
import { noteDevice } from "#intake/swap.ts";
import type { Reading, RejectItem } from "#readings/reading.ts";
import { type Series, seriesKey } from "#sites/registry.ts";
import type { FolderParts } from "./folder.ts";

/** Where the rows of a file go. */
export interface Destination {
  readonly place: Place;
  /** One for each saying. */
  readonly series: readonly Series[];
}

export interface Wanted {
  readonly source: Source;
  readonly dialect: Dialect;
  readonly sayings: readonly FileSaying[];
  /** First instant of the file. */
  readonly fromMs: number;
  readonly nowMs: number;
}

/** The series of a file, made durable where they are new. Errors: a reject where they cannot be; those of the store. */
export async function destinationOf(line: FolderParts["line"], wanted: Wanted): Promise<Destination | RejectItem> {
  let found: Destination | RejectItem | undefined;
  await line.within((batch) => {
    found = settled(batch, wanted);
  });
  if (found === undefined) throw new Error("The line has committed a batch that it has not filled.");
  return found;
}

function settled({ change }: OpenBatch, wanted: Wanted): Destination | RejectItem {
  const { source, dialect, sayings, fromMs, nowMs } = wanted;
  const first = readingOf(sayings[0], fromMs);
  const place = placeOf(change, source, first);
  if ("code" in place) return place;
  const known = sayings.map((saying) => change.view.at(source.name, place.site, place.point)?.get(saying.quantity));
  for (const [i, entry] of known.entries()) {
    const problem = entry && differs(entry.series, readingOf(sayings[i], fromMs));
    if (problem) return problem;
  }
  const message = { source: source.name, topic: "", body: new Uint8Array(), receivedMs: nowMs, qos: 1, retained: false } as const;
  const telling = { source, message, equalInstant: dialect.equalInstant, limits: { newPerHour: 10_000, textsPerSeries: 0 } };
  const refused = noteDevice(change, telling, { reading: first, place, tMs: fromMs, known: known[0] });
  if (refused) return refused;
  notePoint(change, place, first);
  const series = sayings.map((saying, i) => (known[i] ?? change.addSeries(draft(source, dialect, { saying, place }))).series);
  return { place, series };
}

function readingOf(saying: FileSaying | undefined, tMs: number): Reading {
  if (saying === undefined) throw new Error("A file has rows and says nothing with them.");
  return { ...saying, value: 0, tMs };
}

function draft(source: Source, dialect: Dialect, { saying, place }: { saying: FileSaying; place: Place }): Omit<Series, "id"> {
  const whose = { ...place, quantity: saying.quantity, source: source.name };
  return {
    key: seriesKey(whose),
    ...whose,
    kind: saying.kind,
    unit: saying.unit,
    ...(saying.intervalMs === undefined ? {} : { intervalMs: saying.intervalMs }),
    equalInstant: dialect.equalInstant,
    ...(source.demo ? { demo: true } : {}),
  };
}
