import type { StoppedAnswer } from "#contract/building-points.ts";

type Row = StoppedAnswer["stopped"][number];

/** What each reason is called, and what it means, the one that says the most about the rest first. */
export const STOPPED_WORDS: Readonly<Record<Row["why"], { readonly title: string; readonly note: string }>> = {
  "station-silent": { title: "Station silent", note: "nothing of it came for long: look at the station and the way to it first" },
  silent: { title: "Silent", note: "others of the station go on" },
  "bad-status": { title: "Marked bad", note: "the station itself says fault, down or stale" },
  sentinel: { title: "No sensor", note: "a value that stands for no value" },
  flat: { title: "Never moves", note: "the very same value for longer than a sensor can" },
  "never-spoke": { title: "Never spoke", note: "known by name, without a single sample" },
};

/** Rows by reason. */
export function stoppedGroups(rows: readonly Row[]): { readonly why: Row["why"]; readonly rows: Row[] }[] {
  return (Object.keys(STOPPED_WORDS) as Row["why"][]).flatMap((why) => {
    const own = rows.filter((row) => row.why === why);
    return own.length === 0 ? [] : [{ why, rows: own }];
  });
}
