import { type ReactNode, useEffect, useRef, useState } from "react";

/** Room for a table that may be wider than its card; reachable with the keyboard while it scrolls, and only then. */
export function TableScroll({ children }: { children: ReactNode }) {
  const room = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = room.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => setScrolls(element.scrollWidth > element.clientWidth));
    watch.observe(element);
    if (element.firstElementChild !== null) watch.observe(element.firstElementChild);
    return () => watch.disconnect();
  }, []);
  return (
    <div ref={room} className="table-scroll" {...(scrolls ? { role: "group", "aria-label": "Table, scrolls sideways", tabIndex: 0 } : {})}>
      {children}
    </div>
  );
}
