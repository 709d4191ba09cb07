const ESCAPE = /\$(?:u([0-9a-fA-F]{4})|([0-9a-fA-F]{2}))/g;

/** A name as its owner typed it, where a station's escapes are still in it: `Vav1$2d01` → `Vav1-01`. A `$` that starts none stays. */
export function unescaped(text: string): string {
  if (!text.includes("$")) return text;
  return text.replace(ESCAPE, (_whole, four: string | undefined, two: string | undefined) =>
    String.fromCharCode(Number.parseInt(four ?? two ?? "", 16)),
  );
}
