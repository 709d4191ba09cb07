/** So much of a file's beginning is sent to see how it is read; the rest is sent once it is counted. */
const HEAD_BYTES = 1_048_576;
export const MOST_BYTES = 64 * 1_048_576;

/** How many bytes of a head are whole lines, whatever the text is encoded in. Missing: all of them where no line ends. */
export function wholeLines(bytes: Uint8Array): number {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? 2 : 1;
  const end = bytes.lastIndexOf(0x0a);
  return end < 0 ? bytes.length : Math.min(bytes.length, end + wide);
}

/** The beginning of a file as a file of its own, cut where a line ends; a small file is its own beginning. */
export async function headOf(file: File): Promise<File> {
  if (file.size <= HEAD_BYTES) return file;
  const bytes = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  return new File([bytes.slice(0, wholeLines(bytes))], file.name, { type: file.type });
}

/** Why a file need not be sent at all, from its size and its first bytes. Missing: undefined where the server is to judge. */
export function fileProblem(sizeBytes: number, head: Uint8Array): string | undefined {
  if (sizeBytes === 0) return "That file is empty.";
  if (sizeBytes > MOST_BYTES) {
    return "That file is larger than 64 MiB. Save it in parts that each keep the first line: what overlaps is not taken twice.";
  }
  const text = new TextDecoder("latin1").decode(head.subarray(0, 64));
  if (text.startsWith("SQLite format 3")) return "That is a database, not a text file.";
  if (text.startsWith("PK")) return "That is a workbook or an archive. Save its sheet as CSV, or unpack it, and choose that file.";
  if (text.startsWith("\u001f\u008b")) return "That file is packed. Unpack it and choose the CSV file that is in it.";
  return undefined;
}
