import { expect, it } from "vitest";
import { fileProblem, headOf, MOST_BYTES, wholeLines } from "./file-head.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

it("the beginning of a file ends where a line ends", () => {
  expect(wholeLines(bytes("a,b\n1,2\n3,"))).toBe(8);
  expect(wholeLines(bytes("a,b"))).toBe(3);
  // Two bytes for each letter: the second belongs to the end of the line.
  expect(wholeLines(Uint8Array.from([0xff, 0xfe, 0x61, 0, 0x0a, 0, 0x62, 0]))).toBe(6);
});

it("a small file is sent as it is, of a large one the beginning", async () => {
  const small = new File(["a\n1\n"], "small.csv");
  expect(await headOf(small)).toBe(small);
  const large = new File(["a;1\n".repeat(500_000)], "large.csv");
  const head = await headOf(large);
  expect(head.size).toBe(1_048_576);
  expect(head.name).toBe("large.csv");
});

it("what is no text is told before it is sent", () => {
  expect(fileProblem(0, bytes(""))).toBe("That file is empty.");
  expect(fileProblem(MOST_BYTES + 1, bytes("a,b"))).toContain("64 MiB");
  expect(fileProblem(100, bytes("PK\u0003\u0004"))).toContain("workbook");
  expect(fileProblem(100, bytes("SQLite format 3\0"))).toContain("database");
  expect(fileProblem(100, bytes("Datum;Zählerstand"))).toBeUndefined();
});
