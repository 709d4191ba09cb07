import { TEXT_UNIT } from "#sites/registry.ts";
import type { Texts } from "./building-book.ts";

const ON =
  /^(?:on|true|yes|active|run(?:ning)?|start(?:ed)?|enabled?|open(?:ed)?|occ(?:upied)?|low|medium|high|heat(?:ing)?|cool(?:ing)?|stage ?\d+)\b/i;
const OFF = /^(?:off|false|no|in-?active|stop(?:ped)?|disabled?|closed?|un-?occ(?:upied)?|idle|standby)\b/i;

/** Whether a word says that something is on. Missing: undefined for one that says neither. */
export function isOnWord(text: string): boolean | undefined {
  return OFF.test(text) ? false : ON.test(text) ? true : undefined;
}

/** Turns values of what is on or off into 1 and 0: words by their meaning, numbers by whether they are above zero. Missing: NaN. */
export function switchOf(unit: string, texts: Texts): (value: number) => number {
  if (unit !== TEXT_UNIT) return (value) => (Number.isNaN(value) ? Number.NaN : value > 0 ? 1 : 0);
  const meant = new Map([...texts].map(([code, text]) => [code, isOnWord(text)]));
  return (value) => {
    const on = meant.get(value);
    return on === undefined ? Number.NaN : on ? 1 : 0;
  };
}
