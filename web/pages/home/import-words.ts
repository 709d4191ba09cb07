import type { HomeImport } from "#contract/home.ts";
import { numberWords } from "#web/charts/numbers.ts";
import type { ApiError } from "#web/client/fetch.ts";
import { bytesText } from "#web/parts/format-number.ts";

const MIB = 1_048_576;
export const MOST_BYTES = 256 * MIB;
/** So much of a file's beginning says what it is. */
export const HEAD_BYTES = 4_096;

export const COMMANDS = [
  "wattkeep import old tasmota energy.db --dry-run",
  "wattkeep import home-assistant home-assistant_v2.db --dry-run",
];

type Failure = Pick<ApiError, "code" | "message" | "status" | "details">;

/** Why a file need not be sent at all, from its size and its first bytes. Missing: undefined where the server is to judge. */
export function fileProblem(sizeBytes: number, head: Uint8Array): string | undefined {
  if (sizeBytes === 0) return "That file is empty.";
  if (sizeBytes > MOST_BYTES)
    return `That file is ${bytesText(sizeBytes)} and ${bytesText(MOST_BYTES)} go at a time. Save it in parts that each keep the first line: what overlaps is not taken twice.`;
  const text = new TextDecoder("latin1").decode(head);
  if (text.startsWith("SQLite format 3")) return "That is a database, not a CSV file. Take it over with one of the commands below.";
  if (text.startsWith("PK")) return "That is a workbook or an archive. Save its sheet as CSV, or unpack it, and choose that file.";
  if (text.startsWith("\u001f\u008b")) return "That file is packed. Unpack it and choose the CSV file that is in it.";
  if (text.includes("\0")) return "That is no text in UTF-8. Save it as “CSV UTF-8” and choose it again.";
  const first = text.split(/\r?\n/, 1)[0] ?? "";
  if (!first.includes(",") && first.includes(";"))
    return "Semicolons part the columns of that file. Save it with commas between columns and points in numbers.";
  return undefined;
}

/** What is going on while a file is on its way: `sentBytes` are all of it while the server reads. */
export function sendingWords(sentBytes: number, sizeBytes: number, dryRun: boolean): string {
  if (sentBytes >= sizeBytes) return dryRun ? "The server reads it and counts. Nothing is kept yet." : "The server takes it in.";
  return `${bytesText(sentBytes)} of ${bytesText(sizeBytes)} sent`;
}

/** "3 Mar 2026", "3 – 4 Mar 2026": the days readings lie on, on the home's wall. Missing: undefined without any. */
export function daysWords({ firstMs, lastMs }: Pick<HomeImport, "firstMs" | "lastMs">, zone: string): string | undefined {
  if (firstMs === null || lastMs === null) return undefined;
  const days = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric", timeZone: zone });
  return days.formatRange(firstMs, lastMs);
}

/** The first sentence: what the file holds. */
export function heldWords(found: HomeImport, zone: string): string {
  if (found.rows === 0) return "The file has its first line and no reading below it.";
  const days = daysWords(found, zone);
  return `${counted(found.rows, "line")}${days === undefined ? "" : `, ${days}`}.`;
}

/** Every count that is not nothing, each a sentence of its own. */
export function countWords(found: HomeImport): string[] {
  const { dryRun, different, covered, rejected } = found;
  const fresh = dryRun ? isAre(found.new, "new") : `${isWas(found.new)} kept`;
  return [
    ...said(found.new, `${counted(found.new, "value")} ${fresh}.`),
    ...said(found.known, `${counted(found.known, "value")} ${isAre(found.known, "known already")}.`),
    ...said(different, `${counted(different, "value")} ${differs(different)} from what is kept here, which stays.`),
    ...said(
      covered,
      `${counted(covered, "value")} ${isAre(covered, "left out")}: the reader has readings of its own around ${them(covered)}.`,
    ),
    ...said(
      rejected,
      `${counted(rejected, "line")} cannot be read${rejected > 0 && rejected < found.rows ? ` and ${isAre(rejected, "left out")}` : ""}.`,
    ),
  ];
}

/** What there is to decide, or that there is nothing. */
export function verdictWords(found: HomeImport): string {
  if (!found.dryRun) return found.new > 0 ? "Done. The page shows them." : "Nothing was new; all stayed as it was.";
  if (found.new > 0) return "Nothing is kept yet.";
  return found.rows > 0 && found.rejected === found.rows
    ? "No line can be read, so there is nothing to take."
    : "There is nothing new to take.";
}

/** "Line 17: …", the first of the lines that cannot be read; `more` says how many others there are. */
export function problemLines({ problems, rejected }: HomeImport): { readonly lines: readonly string[]; readonly more: string | undefined } {
  const rest = rejected - problems.length;
  const lines = problems.map(({ line, sentence }) => `Line ${numberWords(line, 0)}: ${sentence}.`);
  return { lines, more: rest > 0 ? `and ${counted(rest, "more line")}` : undefined };
}

/** What a browser's reader is told otherwise than somebody who asks the API. */
const WHY: Readonly<Record<string, string>> = {
  "http-413": "A proxy in between lets no file of this size through. Send it in parts, or raise the proxy's limit.",
  "file-unusable": "Nothing of the file can be taken.",
};

/** Why sending failed, and what became of the file. Missing: `error` is undefined for a fault of the page's own. */
export function failureWords(error: Failure | undefined, dryRun: boolean): string[] {
  const why = WHY[error?.code ?? ""] ?? error?.message ?? "This page met a fault of its own; reloading may help.";
  const refused = error !== undefined && (error.code === "importing" || (error.status >= 400 && error.status < 500));
  const kept =
    dryRun || refused ? "Nothing was kept." : "How much was kept is not known. Sending it again is safe: nothing is taken twice.";
  return [why, ...(error?.details ?? []).map((detail) => detail.replaceAll(/`([^`]*)`/g, "“$1”")), kept];
}

const counted = (count: number, noun: string): string => `${numberWords(count, 0)}\u00a0${noun}${count === 1 ? "" : "s"}`;
const said = (count: number, sentence: string): string[] => (count > 0 ? [sentence] : []);
const isAre = (count: number, what: string): string => `${count === 1 ? "is" : "are"} ${what}`;
const isWas = (count: number): string => (count === 1 ? "was" : "were");
const differs = (count: number): string => (count === 1 ? "differs" : "differ");
const them = (count: number): string => (count === 1 ? "it" : "them");
