import { useEffect, useState } from "react";

/** Opens the palette with Ctrl K (or ⌘ K) anywhere; `slash` also opens it, where nobody is typing and the page has no search of its own. */
export function usePalette(slash: boolean) {
  const [opened, setOpened] = useState(false);
  // Once opened it stays, so that it can close in its own time.
  const [wanted, setWanted] = useState(false);
  if (opened && !wanted) setWanted(true);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const wanted =
        ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") || (slash && event.key === "/" && !isTyping(event));
      if (!wanted) return;
      event.preventDefault();
      setOpened(true);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [slash]);
  return { opened, wanted, open: () => setOpened(true), close: () => setOpened(false) };
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  return (
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    (target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null)
  );
}
