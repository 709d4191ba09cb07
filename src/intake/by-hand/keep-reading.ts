import type { IntakeLine } from "#intake/line.ts";
import { unusableName } from "#intake/place.ts";
import { pointKey, type SeriesEntry } from "#intake/registry-view.ts";
import { type Series, seriesKey } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import { conversion } from "#units/unit.ts";

/** Whose readings they are that a person took off a dial. */
export const HAND_SOURCE = "manual";

/** What a person read off a dial. */
export interface ReadingByHand {
  readonly site: string;
  readonly point: string;
  readonly quantity: string;
  readonly tMs: number;
  readonly value: number;
  /** Of the value; a series that is there already keeps its own. */
  readonly unit: string;
}

/** `replaced`: another value stood at that instant; `known`: the very same did, and nothing was written. */
export type KeptByHand = { readonly outcome: "stored" | "replaced" | "known"; readonly series: string } | { readonly trouble: string };

interface House {
  readonly store: Pick<Store, "read" | "registry">;
  readonly line: Pick<IntakeLine, "within">;
}

/** Keeps what people read, one reading after another, so that the same one said twice at once is known the second time. Durable before it resolves. */
export function openHandReadings(house: House): (reading: ReadingByHand) => Promise<KeptByHand> {
  let before: Promise<unknown> = Promise.resolve();
  return (reading) => {
    const kept = before.then(() => keep(reading, house));
    before = kept.catch(() => undefined);
    return kept;
  };
}

async function keep(reading: ReadingByHand, { store, line }: House): Promise<KeptByHand> {
  const refused = unusableName("site", reading.site, "/@") ?? unusableName("point", reading.point, "/@");
  if (refused !== undefined) return { trouble: refused.sentence };
  const series = (await known(reading, store)) ?? (await made(reading, line));
  if (typeof series === "string") return { trouble: series };
  const value = conversion(reading.unit, series.unit)?.(reading.value);
  if (value === undefined) return { trouble: `${series.key} counts ${series.unit}, and ${reading.unit} cannot be told in it.` };
  const there = await store.read(series.id, { fromMs: reading.tMs, toMs: reading.tMs + 1 }, { corrected: false });
  if (there.value[0] === value) return { outcome: "known", series: series.key };
  await line.within((batch) => {
    const entry = batch.change.view.series.get(series.key);
    if (entry === undefined) throw new Error(`Series ${series.key} was added and is not there.`);
    batch.count(HAND_SOURCE);
    batch.samples.add(entry, reading.tMs, value, 0, 0);
  });
  return { outcome: there.tMs.length > 0 ? "replaced" : "stored", series: series.key };
}

const partsOf = ({ site, point, quantity }: ReadingByHand) => ({ site, point, quantity, source: HAND_SOURCE });

async function known(reading: ReadingByHand, store: House["store"]): Promise<Series | undefined> {
  const key = seriesKey(partsOf(reading));
  return (await store.registry()).series.find((series) => series.key === key);
}

/** The series of the reading, made with its point; or why there can be none. */
async function made(reading: ReadingByHand, line: House["line"]): Promise<Series | string> {
  const { site, point, unit } = reading;
  const parts = partsOf(reading);
  const key = seriesKey(parts);
  let found: SeriesEntry | undefined;
  let trouble: string | undefined;
  await line.within(({ change }) => {
    found = change.view.series.get(key);
    if (found !== undefined) return;
    if (!change.view.sites.has(site)) {
      trouble = `There is no site ${site}.`;
      return;
    }
    if (!change.view.points.has(pointKey({ site, id: point }))) change.addPoint({ site, id: point, name: point });
    found = change.addSeries({ key, ...parts, kind: "counter", unit, equalInstant: "last" });
  });
  return found?.series ?? trouble ?? `Series ${key} could not be made.`;
}
