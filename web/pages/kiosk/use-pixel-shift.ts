import { type RefObject, useEffect, useRef } from "react";

const EVERY_MS = 60_000;
const MOST_PX = 6;

/** Places of the picture, one a minute: a walk through a square, so that no edge stands on the same pixels for long. */
export function shiftAt(minute: number): readonly [number, number] {
  const side = 2 * MOST_PX + 1;
  // 5 and 7 share no divisor with 13: every place is visited, and none twice in a row.
  return [((minute * 5) % side) - MOST_PX, ((minute * 7 + Math.floor(minute / side)) % side) - MOST_PX];
}

/** Moves the whole picture by a few pixels every minute, against burn-in. */
export function usePixelShift(): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let minute = 0;
    const timer = setInterval(() => {
      minute += 1;
      const [x, y] = shiftAt(minute);
      if (box.current !== null) box.current.style.translate = `${x}px ${y}px`;
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return box;
}
