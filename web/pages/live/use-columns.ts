import { type RefObject, useLayoutEffect, useRef, useState } from "react";

/** Least width of a card and the gap between two, as in live.css. */
const CARD_PX = 222;
const GAP_PX = 10;

/** How many cards stand side by side in the measured box. */
export function useColumns(): readonly [RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [columns, setColumns] = useState(5);
  useLayoutEffect(() => {
    const measured = box.current;
    if (!measured) return undefined;
    const observer = new ResizeObserver(() => setColumns(Math.max(1, Math.floor((measured.clientWidth + GAP_PX) / (CARD_PX + GAP_PX)))));
    observer.observe(measured);
    return () => observer.disconnect();
  }, []);
  return [box, columns];
}
