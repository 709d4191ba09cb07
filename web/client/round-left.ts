import { BASE_PATH } from "./base.ts";

const NAME = `wattkeep-round-left${BASE_PATH}`;

/** How many readings of a round still wait on this device; every page may say so without opening their memory. */
export function roundLeft(): number {
  try {
    return Number(localStorage.getItem(NAME));
  } catch {
    return 0;
  }
}

/** Notes it, whenever it changes. */
export function noteRoundLeft(count: number): void {
  try {
    if (count === 0) localStorage.removeItem(NAME);
    else localStorage.setItem(NAME, String(count));
  } catch {
    // A browser that keeps nothing forgets them with the page; the page itself says so.
  }
}
