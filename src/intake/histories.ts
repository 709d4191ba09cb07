import type { About } from "#readings/reading.ts";
import type { Point } from "#sites/registry.ts";

/** Which point of a site each history of a station is, by the names their senders gave them. */
export class Histories {
  readonly #points = new Map<string, string>();
  /** Of each id that several histories would have, the last number given: who sends thousands of them waits for no search. */
  readonly lastNumber = new Map<string, number>();

  constructor(points: Iterable<Point> = []) {
    for (const point of points) this.add(point);
  }

  /** Missing: undefined for a history nobody has heard of, and for what is none. */
  find(site: string, about: About | undefined): string | undefined {
    return about?.path === undefined ? undefined : this.#points.get(keyOf(site, about));
  }

  /** The first point of a history stays the one. */
  add({ site, id, about }: Point): void {
    if (about?.path === undefined) return;
    const key = keyOf(site, about);
    if (!this.#points.has(key)) this.#points.set(key, id);
  }

  remove({ site, id, about }: Point): void {
    if (about?.path === undefined) return;
    const key = keyOf(site, about);
    if (this.#points.get(key) === id) this.#points.delete(key);
  }
}

/** Whether both name one history; what names none is as good as any. */
export function isSameHistory(point: About | undefined, said: About | undefined): boolean {
  if (point?.path === undefined || said?.path === undefined) return true;
  return point.path === said.path && (point.station ?? "") === (said.station ?? "");
}

function keyOf(site: string, { station = "", path }: About): string {
  return `${site}\n${station}\n${path}`;
}

const TEXTS = ["station", "path", "equipment", "floor"] as const;

/**
 * What is known of a point after somebody said more: the newest text that is not empty wins, tags replace all tags there were.
 * Another history that shares the point, because a person mapped both to it, says nothing of it.
 * Missing: undefined where nothing is new.
 */
export function mergedAbout(known: About | undefined, said: About | undefined): About | undefined {
  if (said === undefined || said === known || !isSameHistory(known, said)) return undefined;
  // A history stays the one it is: who does not name it says nothing of its station.
  const texts = known?.path === undefined ? TEXTS : TEXTS.filter((part) => part !== "station");
  const isNews = texts.some((part) => said[part] && said[part] !== known?.[part]) || !hasTags(known, said.tags ?? []);
  if (!isNews) return undefined;
  const merged: { -readonly [K in keyof About]: About[K] } = { ...known };
  for (const part of texts) if (said[part]) merged[part] = said[part];
  if (said.tags !== undefined && said.tags.length > 0) merged.tags = [...new Set(said.tags)].sort();
  return merged;
}

/** Whether these tags, where there are any, are the ones that are known; their order means nothing. */
function hasTags(known: About | undefined, said: readonly string[]): boolean {
  if (said.length === 0) return true;
  const had = known?.tags ?? [];
  return said.every((tag) => had.includes(tag)) && had.every((tag) => said.includes(tag));
}
