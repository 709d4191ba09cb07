import { useEffect, useRef } from "react";

/** What the keys of the page do, by the key's name in lower case. */
export type KeyActions = Readonly<Record<string, () => void>>;

/** Keys of a page, deaf while somebody types or a dialog is open, and to combinations with Ctrl, Alt and Meta. */
export function useKeys(actions: KeyActions): void {
  const newest = useRef(actions);
  newest.current = actions;
  useEffect(() => {
    // What a key closes is gone by the time it gets here.
    let covered = false;
    const before = () => {
      covered = document.querySelector('[aria-modal="true"], [role="menu"]') !== null;
    };
    const press = (event: KeyboardEvent) => {
      if (covered || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
      // A focused button means its own Enter.
      if (event.key === "Enter" && event.target instanceof Element && event.target.closest("button, a") !== null) return;
      const action = newest.current[event.key.toLowerCase()];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    addEventListener("keydown", before, true);
    addEventListener("keydown", press);
    return () => {
      removeEventListener("keydown", before, true);
      removeEventListener("keydown", press);
    };
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
}
