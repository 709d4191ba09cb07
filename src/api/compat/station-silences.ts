import type { BuildingPoint } from "#buildings/model.ts";
import { StationSilences, stationName, stationsOf } from "#reports/building-silences.ts";
import type { Silence } from "#series/silence.ts";
import type { Store } from "#store/store.ts";
import type { StationDesk } from "./station-desk.ts";

interface Asked {
  readonly point: BuildingPoint;
  readonly source: string;
  readonly untilMs: number;
}

type Told = Promise<readonly Silence[]>;

/** What was found out about the stations of a store is kept with it. */
const kept = new WeakMap<object, Map<number, StationSilences>>();
/** One question asks of many histories of a station. */
const asked = new WeakMap<StationDesk, Map<string, Told>>();

/** When the station of a point was silent, as far as that began before an instant. */
export function silencesBefore(store: Store, desk: StationDesk, { point, source, untilMs }: Asked): Told {
  const station = stationName(point, source);
  const known = asked.get(desk) ?? new Map<string, Told>();
  asked.set(desk, known);
  const name = `${untilMs} ${station}`;
  const told = known.get(name) ?? lookedUp(store, desk, { station, untilMs });
  known.set(name, told);
  return told;
}

async function lookedUp(
  store: Store,
  { model, settings }: StationDesk,
  { station, untilMs }: { readonly station: string; readonly untilMs: number },
): Told {
  const seriesIds = stationsOf(model.points.map((guess) => guess.point)).get(station) ?? [];
  const versions = await store.version(seriesIds);
  return silencesOf(store, settings.silenceMs).before(untilMs, { station, seriesIds }, versions);
}

function silencesOf(store: Store, silenceMs: number): StationSilences {
  const known = kept.get(store) ?? new Map<number, StationSilences>();
  kept.set(store, known);
  const silences = known.get(silenceMs) ?? new StationSilences(store, silenceMs);
  known.set(silenceMs, silences);
  return silences;
}
