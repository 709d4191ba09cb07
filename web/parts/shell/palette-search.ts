/** Something the palette can lead to. `words` is searched besides the label. */
export interface Entry {
  readonly id: string;
  readonly group: "Pages" | "Sites" | "Meters" | "Zones" | "Points" | "Series" | "Actions";
  readonly label: string;
  readonly note?: string;
  readonly words?: string;
  readonly color?: string;
  readonly run: () => void;
}

const MOST_SHOWN = 40;
const MOST_PER_GROUP = 12;

/**
 * The entries that hold every typed word, best first: a label that starts with the words, then one with a word that
 * starts so, then any place. Nothing typed gives pages and actions, so that the palette is also a menu.
 */
export function findEntries(entries: readonly Entry[], typed: string): Entry[] {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries.filter((entry) => entry.group === "Pages" || entry.group === "Actions" || entry.group === "Sites");
  const scored: { entry: Entry; score: number }[] = [];
  for (const entry of entries) {
    const score = scoreOf(entry, words);
    if (score > 0) scored.push({ entry, score });
  }
  scored.sort((a, b) => b.score - a.score);
  return limited(scored.map((one) => one.entry));
}

/** No group pushes the others off the list; order of groups follows their best entry. */
function limited(sorted: readonly Entry[]): Entry[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of sorted) {
    const own = groups.get(entry.group) ?? [];
    if (own.length < MOST_PER_GROUP) groups.set(entry.group, [...own, entry]);
  }
  return [...groups.values()].flat().slice(0, MOST_SHOWN);
}

function scoreOf(entry: Entry, words: readonly string[]): number {
  const label = fold(entry.label);
  const all = `${label} ${fold(entry.note ?? "")} ${fold(entry.words ?? "")}`;
  let score = 0;
  for (const word of words) {
    if (!all.includes(word)) return 0;
    if (label.startsWith(word)) score += 8;
    else if (label.includes(` ${word}`)) score += 5;
    else if (label.includes(word)) score += 3;
    else score += 1;
  }
  return entry.group === "Series" ? score - 0.5 : score;
}

/** Lower case without accents, so that "wärme" is found by "warme". */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
