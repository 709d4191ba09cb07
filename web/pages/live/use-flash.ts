import { type RefObject, useEffect, useRef } from "react";
import type { LiveValue } from "#contract/series.ts";

const FLASH_MS = 900;

/** Outlines an element for a moment when its value changes; never at first sight, never with reduced motion. */
export function useFlash(element: RefObject<HTMLElement | null>, live: LiveValue | undefined): void {
  const last = useRef(live);
  useEffect(() => {
    const before = last.current;
    last.current = live;
    if (!before || !live || before.tMs === live.tMs || before.value === live.value) return;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    element.current?.animate([{ boxShadow: "0 0 0 2px var(--accent)" }, { boxShadow: "0 0 0 2px transparent" }], {
      duration: FLASH_MS,
      easing: "cubic-bezier(.2, 0, 0, 1)",
    });
  }, [element, live]);
}
