/** Colours of the running theme by token name, resolved: a canvas cannot read CSS variables. */
export interface Colors {
  /** The colour of a token such as `--import`; the text colour where the theme does not know it. */
  of(token: string): string;
  /** The typeface of the page. */
  readonly font: string;
}

/** Reads the theme of `root` as it is now. Read again when the theme changes. */
export function readColors(root: Element): Colors {
  const style = getComputedStyle(root);
  const known = new Map<string, string>();
  const read = (token: string): string => {
    const found = known.get(token) ?? style.getPropertyValue(token).trim();
    known.set(token, found);
    return found;
  };
  const fallback = style.color || "#888888";
  // `style` is live: what is asked for after the next change would come from another theme, so the fixed set is read at once.
  for (const token of TOKENS) read(token);
  return { of: (token) => read(token) || fallback, font: read("--font") || "sans-serif" };
}

const TOKENS = [
  "--import",
  "--export",
  "--gas",
  "--water",
  "--heat",
  "--price",
  "--neutral",
  "--accent",
  "--good",
  "--warn",
  "--bad",
  "--text-1",
  "--text-2",
  "--text-3",
  "--surface-0",
  "--surface-1",
  "--q-stale",
  "--q-estimated",
  "--q-suspect",
  "--q-missing",
  "--chart-grid",
  "--chart-axis",
  "--chart-night",
  "--chart-compare",
  "--chart-target",
  "--font",
] as const;

/** Mixes two `#rrggbb` or `#rgb` colours; `share` of the second. Anything else comes back as the first, unmixed. */
export function mixColors(first: string, second: string, share: number): string {
  const a = channels(first);
  const b = channels(second);
  if (a === undefined || b === undefined) return first;
  const mixed = a.map((value, index) => Math.round(value + ((b[index] ?? value) - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** The colour with an alpha, as a canvas takes it. */
export function withAlpha(color: string, alpha: number): string {
  const parts = channels(color);
  return parts === undefined ? color : `rgb(${parts.join(" ")} / ${alpha})`;
}

function channels(color: string): number[] | undefined {
  // A style sheet that was made small says #fff for #ffffff.
  const full = /^#[0-9a-f]{3}$/i.test(color) ? color.replaceAll(/[0-9a-f]/gi, "$&$&") : color;
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(full);
  return match?.slice(1, 4).map((part) => Number.parseInt(part, 16));
}
