import { FRAGMENTS, LAST_LETTERS, PHRASES, READINGS } from "./vocabulary.ts";
import { apart } from "./zone-root.ts";

const LONGEST_TOKEN = 24;
const SHORTEST_RUN = 4;
const TOKEN = /0cc|co2|h2o|\d+(?:st|nd|rd|th)(?![a-z\d])|\d+|\p{L}+/gu;
const FLOOR = /^(?:floor|flr|fl|level)$/;
/** What a LonWorks controller puts in front of its variables. */
const PREFIX = /^nv[oi]$/;
const ORDINAL = /^\d+(?:st|nd|rd|th)$/;

/**
 * A name spelled out in the words of the trade: "SUPFLOSP" is `supply flow sp`, "ZN-T" and "zoneTemp" are `space temp`.
 * Numbers are left out but that of a stage.
 */
export function readWords(text: string): string {
  const read: string[] = [];
  let before = "";
  for (const token of tokensOf(text)) {
    if (/^\d+$/.test(token)) {
      if (read.at(-1) === "heating" || read.at(-1) === "cooling") read.push("stage");
    } else if (!ORDINAL.test(token) && !PREFIX.test(token) && !(ORDINAL.test(before) && FLOOR.test(token))) {
      read.push(...readingsOf(token));
    }
    before = token;
  }
  return phrased(lastLetter(read).join(" "));
}

function tokensOf(text: string): readonly string[] {
  return apart(text).toLowerCase().match(TOKEN) ?? [];
}

function readingsOf(token: string): string[] {
  const known = READINGS.get(token);
  if (known !== undefined) return known.split(" ");
  const run = token.length >= SHORTEST_RUN && token.length <= LONGEST_TOKEN ? runTogether(token) : undefined;
  return run ? run.flatMap((fragment) => (READINGS.get(fragment) ?? fragment).split(" ")) : [token];
}

/** The fewest known words that make up the whole of a longer one. Missing: undefined where some of it stays unread. */
function runTogether(token: string): string[] | undefined {
  const best: (string[] | undefined)[] = [[]];
  for (let end = 2; end <= token.length; end += 1) {
    for (let from = 0; from <= end - 2; from += 1) {
      const before = best[from];
      const fragment = token.slice(from, end);
      if (before === undefined || !FRAGMENTS.has(fragment)) continue;
      if (best[end] === undefined || before.length + 1 < (best[end] as string[]).length) best[end] = [...before, fragment];
    }
  }
  const whole = best[token.length];
  return whole?.some((fragment) => fragment.length > 2) ? whole : undefined;
}

function lastLetter(words: string[]): string[] {
  const last = words.at(-1) ?? "";
  const letter = Object.hasOwn(LAST_LETTERS, last) ? LAST_LETTERS[last] : undefined;
  if (letter === undefined) return words;
  const before = words.slice(0, -1);
  return letter.after.test(before.join(" ")) ? [...before, letter.word] : words;
}

function phrased(words: string): string {
  let read = words;
  for (const [phrase, reading] of PHRASES) read = read.replace(phrase, reading);
  return read.replace(/\b(\p{L}+)(?: \1\b)+/gu, "$1");
}

/** Words as people read them. */
export function spelledOut(words: string): string {
  return words
    .replace(/\bsp\b/g, "setpoint")
    .replace(/\btemp\b/g, "temperature")
    .replace(/\bocc\b/g, "occupied")
    .replace(/\bunocc\b/g, "unoccupied")
    .replace(/\bmin\b/g, "minimum")
    .replace(/\bmax\b/g, "maximum")
    .replace(/\bhw\b/g, "hot water")
    .replace(/\bchw\b/g, "chilled water");
}
