import { useEffect, useState } from "react";

/** Opens the palette with Ctrl K (or ⌘ K) anywhere, and with "/" where nobody is typing. */
export function usePalette() {
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const wanted = ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") || (event.key === "/" && !isTyping(event));
      if (!wanted) return;
      event.preventDefault();
      setOpened(true);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  return { opened, open: () => setOpened(true), close: () => setOpened(false) };
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
