import type { Freshness } from "./freshness.ts";

/** The one mark and word of a number's state. `title` tells more to those who hover; the words alone must do. */
export function QualityMark({ state, words, title }: { state: Freshness; words: string; title?: string | undefined }) {
  return (
    <span className={`q ${state}`} title={title}>
      {words}
    </span>
  );
}
