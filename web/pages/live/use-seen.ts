import { type RefObject, useEffect, useState } from "react";

/** Becomes true when the element comes near the visible part of the page, and stays so: only what is seen is fetched. */
export function useSeen(element: RefObject<HTMLElement | null>): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const target = element.current;
    if (!target || seen) return undefined;
    const observer = new IntersectionObserver((entries) => setSeen(entries.some((entry) => entry.isIntersecting)), { rootMargin: "300px" });
    observer.observe(target);
    return () => observer.disconnect();
  }, [element, seen]);
  return seen;
}
