import type { About, Reading } from "#readings/reading.ts";
import { canonicalName, decodeName } from "#series/history-name.ts";
import { historyLabel, historyPath, historyPointId, readableName } from "./niagara-history/names.ts";

/** A history as its station names it. */
export interface HistoryName {
  /** Left out where nobody tells it. */
  readonly station?: string;
  /** As written: escaped or not, the station's own name in front or not. */
  readonly path: string;
  /** Canonical name of the station that is left out of point ids. */
  readonly plainStation?: string;
}

export interface HistoryPlace extends Pick<Reading, "device" | "point" | "pointName"> {
  /** Decoded name: what the meaning is guessed from. */
  readonly words: string;
  readonly about: About;
}

const NO_STATION = "niagara";

/** Where the rows of a history belong, whatever door they come by: the same names as in frames over MQTT. */
export function historyPlace({ station = "", path, plainStation }: HistoryName): HistoryPlace {
  const label = historyLabel(station, path);
  const words = label === "/" ? decodeName(station) : label;
  // Without a station its name is nothing that could be left out.
  const id = historyPointId(station, canonicalName(label), station === "" ? "" : plainStation);
  return {
    device: station || NO_STATION,
    point: id || NO_STATION,
    pointName: readableName(words) || NO_STATION,
    words,
    about: { ...(station === "" ? {} : { station }), path: historyPath(station, path) },
  };
}
