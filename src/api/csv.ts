/** A spreadsheet takes a text that begins so for a formula. */
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

/** A text as a CSV cell: quoted where RFC 4180 asks for it, and never a formula. */
export function textCell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A number as a CSV cell, every digit of it; nothing where there is no value. */
export function numberCell(value: number): string {
  return Number.isFinite(value) ? String(value) : "";
}

/** How RFC 4180 ends a line. */
export const LINE_END = "\r\n";

/** One row of cells. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.join(",")}${LINE_END}`;
}
