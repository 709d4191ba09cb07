import type { CsvEncoding, Evidence } from "./mapping.ts";

/** Bytes that are looked at for the encoding. */
const HEAD = 65_536;

const MARKS: readonly (readonly [CsvEncoding, readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/** How the letters of a file are written. */
export function encodingOf(bytes: Uint8Array): { readonly encoding: CsvEncoding; readonly evidence: Evidence } {
  const marked = MARKS.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte));
  if (marked !== undefined) return found(marked[0], "by the mark at its beginning", true);
  const head = bytes.subarray(0, HEAD);
  const zeros = [0, 0];
  for (const [i, byte] of head.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] as number) + 1;
  const half = head.length / 4;
  if ((zeros[1] as number) > half) return found("utf-16le", "as every second byte is empty", true);
  if ((zeros[0] as number) > half) return found("utf-16be", "as every second byte is empty", true);
  if (isUtf8(head)) return found("utf-8", "as all its letters are", true);
  return found("windows-1252", "as some letters are no UTF-8", false);
}

function found(encoding: CsvEncoding, why: string, sure: boolean) {
  return { encoding, evidence: { what: "encoding", sentence: `The letters are ${NAMES[encoding]}, ${why}.`, sure } as const };
}

const PACKED: readonly (readonly [what: string, first: readonly number[]])[] = [
  ["a workbook of a spreadsheet, or another archive. Save its table as CSV and bring that", [0x50, 0x4b, 0x03, 0x04]],
  ["an old workbook of a spreadsheet. Save its table as CSV and bring that", [0xd0, 0xcf, 0x11, 0xe0]],
  ["compressed. Unpack it and bring what is in it", [0x1f, 0x8b]],
  ["a PDF. Ask whoever sent it for the table as CSV", [0x25, 0x50, 0x44, 0x46]],
];

/** What a file is that is no text, and what to do about it. Missing: undefined where nothing speaks against text. */
export function noTextOf(bytes: Uint8Array): string | undefined {
  return PACKED.find(([, first]) => first.every((byte, i) => bytes[i] === byte))?.[0];
}

const NAMES: Readonly<Record<CsvEncoding, string>> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16, the high byte first",
  "windows-1252": "Windows-1252",
};

function isUtf8(bytes: Uint8Array): boolean {
  try {
    // The last letter of the piece may be cut.
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** A file as text, without its mark; bytes that mean nothing become question marks of their own. Characters that are not seen are left out. */
export function textOfFile(bytes: Uint8Array, encoding: CsvEncoding): string {
  const text = new TextDecoder(encoding).decode(bytes);
  return text.includes("\u0000") ? text.replaceAll("\u0000", "") : text;
}

const PIECE = 65_536;

/** The same a piece at a time. */
export function* piecesOf(bytes: Uint8Array, encoding: CsvEncoding): Iterable<string> {
  const decoder = new TextDecoder(encoding);
  for (let at = 0; at < bytes.length; at += PIECE) {
    const text = decoder.decode(bytes.subarray(at, at + PIECE), { stream: at + PIECE < bytes.length });
    yield text.includes("\u0000") ? text.replaceAll("\u0000", "") : text;
  }
}
