import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HomeImport } from "#contract/home.ts";
import {
  countWords,
  daysWords,
  failureWords,
  fileProblem,
  heldWords,
  MOST_BYTES,
  problemLines,
  sendingWords,
  verdictWords,
} from "./import-words.ts";

const plain = (text: string | undefined) => text?.replaceAll(/[\u00a0\u2009\u202f]/g, " ");
const failure = (code: string, status: number, message = "It failed.", details: readonly string[] = []) => ({
  code,
  status,
  message,
  details,
});
const head = (text: string) => new TextEncoder().encode(text);
const found: HomeImport = {
  dryRun: true,
  rows: 1_440,
  new: 1_200,
  known: 240,
  different: 0,
  covered: 0,
  rejected: 2,
  problems: [{ line: 17, sentence: '"soon" is no time' }],
  firstMs: Date.parse("2026-03-03T08:00:00Z"),
  lastMs: Date.parse("2026-03-04T08:00:00Z"),
};

describe("a file that need not be sent", () => {
  it("is empty, too large, or plainly something else", () => {
    expect(fileProblem(0, head(""))).toBe("That file is empty.");
    expect(plain(fileProblem(MOST_BYTES + 1, head("time,power W\n")))).toMatch(/^That file is 268 MB and 268 MB go|parts/);
    expect(fileProblem(9, head("SQLite format 3\0"))).toContain("database");
    expect(fileProblem(9, head("PK\u0003\u0004"))).toContain("workbook");
    expect(fileProblem(9, Uint8Array.of(0x1f, 0x8b, 8))).toContain("packed");
    expect(fileProblem(9, Uint8Array.of(0xff, 0xfe, 0x74, 0))).toContain("UTF-8");
    expect(fileProblem(9, head("time;power W\n2026-03-03;1,5\n"))).toContain("Semicolons");
  });

  it("is not one that only the server can judge", () => {
    expect(fileProblem(9, head("time (UTC),power W\r\n"))).toBeUndefined();
    expect(fileProblem(9, head("time,note; more\n"))).toBeUndefined();
    expect(fileProblem(MOST_BYTES, head("anything"))).toBeUndefined();
  });
});

describe("what a file holds", () => {
  it("is said with its lines, its days on the home's wall and every count", () => {
    expect(plain(heldWords(found, "Europe/Berlin"))).toMatch(/^1,440 lines, .*\b4\b.*2026\.$/);
    expect(countWords(found).map(plain)).toEqual([
      "1,200 values are new.",
      "240 values are known already.",
      "2 lines cannot be read and are left out.",
    ]);
    expect(problemLines(found)).toEqual({ lines: ['Line 17: "soon" is no time.'], more: "and 1\u00a0more line" });
    expect(verdictWords(found)).toBe("Nothing is kept yet.");
  });

  it("is a single day where first and last lie on one", () => {
    const day = daysWords({ firstMs: Date.parse("2026-03-03T22:30:00Z"), lastMs: Date.parse("2026-03-03T22:50:00Z") }, "Europe/Berlin");
    expect(day).not.toMatch(/[–-]/);
    expect(daysWords({ firstMs: null, lastMs: null }, "Europe/Berlin")).toBeUndefined();
  });

  it("is told of one as of many", () => {
    expect(countWords({ ...found, new: 1, known: 1, different: 1, covered: 1, rejected: 1 }).map(plain)).toEqual([
      "1 value is new.",
      "1 value is known already.",
      "1 value differs from what is kept here, which stays.",
      "1 value is left out: the reader has readings of its own around it.",
      "1 line cannot be read and is left out.",
    ]);
  });

  it("may be nothing, nothing new, or nothing that can be read", () => {
    const none = { ...found, new: 0, known: 0, rejected: 0, problems: [], firstMs: null, lastMs: null };
    expect(heldWords({ ...none, rows: 0 }, "UTC")).toContain("no reading below");
    expect(verdictWords({ ...none, known: 1_440 })).toBe("There is nothing new to take.");
    expect(verdictWords({ ...none, rejected: 1_440 })).toContain("No line can be read");
  });

  it("says a count exactly where it is not nothing", () => {
    const count = fc.nat(10 ** 7);
    fc.assert(
      fc.property(count, count, count, count, (fresh, known, different, covered) => {
        const words = countWords({ ...found, new: fresh, known, different, covered, rejected: 0 });
        expect(words).toHaveLength([fresh, known, different, covered].filter((one) => one > 0).length);
      }),
    );
  });
});

it("tells afterwards what was kept", () => {
  const kept = { ...found, dryRun: false };
  expect(plain(countWords(kept)[0])).toBe("1,200 values were kept.");
  expect(verdictWords(kept)).toContain("Done");
  expect(verdictWords({ ...kept, new: 0 })).toContain("Nothing was new");
});

it("says how far a file is, and that the server works once all of it is there", () => {
  expect(plain(sendingWords(50_000_000, 100_000_000, true))).toBe("50.0 MB of 100 MB sent");
  expect(sendingWords(1, 1, true)).toContain("Nothing is kept yet");
  expect(sendingWords(1, 1, false)).toBe("The server takes it in.");
});

describe("a sending that failed", () => {
  it("says why, and that nothing was kept while it only counted", () => {
    const refused = failure("file-unusable", 422, "Nothing of the file can be taken; the details say why.", [
      "The first line needs a column `time`.",
    ]);
    expect(failureWords(refused, true)).toEqual([
      "Nothing of the file can be taken.",
      "The first line needs a column “time”.",
      "Nothing was kept.",
    ]);
    expect(failureWords(refused, false).at(-1)).toBe("Nothing was kept.");
  });

  it("does not claim to know what a server kept that is away", () => {
    expect(failureWords(failure("server-away", 0), false).at(-1)).toContain("not known");
    expect(failureWords(failure("internal", 500), false).at(-1)).toContain("not known");
    expect(failureWords(failure("importing", 503, "Another file."), false).at(-1)).toBe("Nothing was kept.");
  });

  it("knows a proxy's limit by its number", () => {
    expect(failureWords(failure("http-413", 413, "The server answered 413."), true)[0]).toContain("proxy");
  });
});
