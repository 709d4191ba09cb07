import fc from "fast-check";
import { expect, test } from "vitest";
import { csvLine, numberCell, textCell } from "./csv.ts";

/** A reader of RFC 4180, for one line. */
function cellsOf(line: string): string[] {
  return [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^",]*))/g)].map((match) => match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
}

test("what is written is read back, and no text becomes a formula", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 6 }), (texts) => {
      const line = csvLine(texts.map(textCell)).slice(0, -2);
      const cells = cellsOf(line);
      expect(cells.map((cell, i) => (cell === `'${texts[i]}` ? texts[i] : cell))).toEqual(texts);
      for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});

test.each([
  ["=1+1", "'=1+1"],
  ["+49 30", "'+49 30"],
  ["-5", "'-5"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\tx", "'\tx"],
  ['say "hi"', '"say ""hi"""'],
  ["a,b", '"a,b"'],
  ["two\nlines", '"two\nlines"'],
  ["plain", "plain"],
])("the text %j is the cell %j", (text, cell) => expect(textCell(text)).toBe(cell));

test("numbers keep every digit and their sign; what is no number is empty", () => {
  expect([-5, 0.1 + 0.2, 1e21, Number.NaN, Number.POSITIVE_INFINITY].map(numberCell)).toEqual([
    "-5",
    "0.30000000000000004",
    "1e+21",
    "",
    "",
  ]);
});
