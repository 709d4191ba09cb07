import type { Fact, Registry } from "#sites/registry.ts";

/** Name of the fact that keeps what a reader noted beside a reading. */
export const READING_NOTE = "reading-note";

/** Readings by hand are the ones that can have a note. */
const HAND_SOURCE = "manual";

/** What a person noted beside a reading. */
export interface ReadingNote {
  readonly tMs: number;
  readonly note: string;
  /** Id of the picture. */
  readonly photo?: string;
  /** Made by the sender once for each reading. */
  readonly key?: string;
}

/** What was noted beside the readings of one meter. */
export interface ReadingNotes {
  /** Missing: undefined where nobody noted anything, and for a reading that no person took. */
  at(reading: { readonly tMs: number; readonly source: string }): ReadingNote | undefined;
  has(key: string): boolean;
}

/** Notes of a meter that hold; of two beside one reading the newer counts. */
export function notesOf({ facts }: Pick<Registry, "facts">, place: { readonly site: string; readonly point: string }): ReadingNotes {
  const notes = facts.filter(
    (fact) => fact.name === READING_NOTE && fact.site === place.site && fact.point === place.point && fact.undoneMs === undefined,
  );
  const byInstant = new Map<number, ReadingNote>();
  const keys = new Set<string>();
  for (const fact of notes.toSorted((a, b) => a.madeMs - b.madeMs || (a.id ?? 0) - (b.id ?? 0))) {
    const note = noteIn(fact);
    if (note === undefined) continue;
    byInstant.set(note.tMs, note);
    if (note.key !== undefined) keys.add(note.key);
  }
  return {
    at: ({ tMs, source }) => (source === HAND_SOURCE ? byInstant.get(tMs) : undefined),
    has: (key) => keys.has(key),
  };
}

function noteIn({ value }: Fact): ReadingNote | undefined {
  try {
    const said = JSON.parse(String(value)) as Partial<Record<keyof ReadingNote, unknown>> | null;
    if (typeof said?.tMs !== "number") return undefined;
    const { tMs, note, photo, key } = said;
    return {
      tMs,
      note: typeof note === "string" ? note : "",
      ...(typeof photo === "string" ? { photo } : {}),
      ...(typeof key === "string" ? { key } : {}),
    };
  } catch {
    return undefined;
  }
}
