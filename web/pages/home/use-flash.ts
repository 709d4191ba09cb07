import { type RefObject, useEffect, useRef } from "react";

const FLASH_MS = 900;

/** Outlines an element for a moment when a newer reading is in it; never at first sight, never with reduced motion. */
export function useFlash(element: RefObject<HTMLElement | null>, newestMs: number | undefined): void {
  const last = useRef(newestMs);
  useEffect(() => {
    const before = last.current;
    last.current = newestMs;
    if (before === undefined || newestMs === undefined || newestMs <= before) return;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    element.current?.animate([{ boxShadow: "0 0 0 2px var(--accent)" }, { boxShadow: "0 0 0 2px transparent" }], {
      duration: FLASH_MS,
      easing: "cubic-bezier(.2, 0, 0, 1)",
    });
  }, [element, newestMs]);
}
