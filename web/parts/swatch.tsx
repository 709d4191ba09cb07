import type { CSSProperties } from "react";

/** A small square in the colour of a kind; always beside a word. `color` is a variable's name. */
export function Swatch({ color }: { color: string }) {
  return <span className="sw" aria-hidden="true" style={{ "--c": `var(${color})` } as CSSProperties} />;
}
