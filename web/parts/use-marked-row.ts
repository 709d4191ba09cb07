import { type RefObject, useEffect, useRef, useState } from "react";

interface MarkedRow {
  readonly list: RefObject<HTMLDivElement | null>;
  readonly marked: number;
  mark(row: number): void;
  /** Marks the row so many further on; behind the last comes the first. */
  step(by: number): void;
}

/** Which row of a list that was found by `words` is marked; it is kept in sight. `words` is undefined while the list is closed. */
export function useMarkedRow(count: number, words: string | undefined): MarkedRow {
  const [chosen, mark] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const marked = Math.max(0, Math.min(chosen, count - 1));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the marked row must be seen whenever another is marked, or others are found
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [marked, words, count]);
  return { list, marked, mark, step: (by) => mark((marked + by + count) % Math.max(1, count)) };
}
