import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** Room for a table that may be wider than its card; reachable with the keyboard while it scrolls, and only then. */
export function TableScroll({ children }: { children: ReactNode }) {
  const room = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  const measure = useCallback(() => setScrolls(room.current !== null && room.current.scrollWidth > room.current.clientWidth), []);
  // Measured before the first paint too: no moment in which it scrolls and the keyboard cannot reach it.
  useLayoutEffect(measure);
  useEffect(() => {
    const element = room.current;
    if (element === null) return;
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    if (element.firstElementChild !== null) watch.observe(element.firstElementChild);
    return () => watch.disconnect();
  }, [measure]);
  return (
    <div ref={room} className="table-scroll" {...(scrolls ? { role: "group", "aria-label": "Table, scrolls sideways", tabIndex: 0 } : {})}>
      {children}
    </div>
  );
}
