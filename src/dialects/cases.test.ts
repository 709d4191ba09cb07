import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Item } from "#readings/reading.ts";
import { DIALECTS, dialectNamed } from "./catalogue.ts";
import type { Dialect } from "./dialect.ts";

// A case is a folder: topic.txt (optional), message.txt or message.bin, options.json (optional), expected.json, and
// recognised.json (optional): what is guessed for this message where nobody claims its topic.
// Adding one needs no TypeScript.

const HERE = new URL(".", import.meta.url);
const FLOOR_PER_DIALECT = 6;
const FLOOR_REJECTS = 2;
const RECEIVED_MS = Date.UTC(2026, 5, 1, 12);

interface Case {
  readonly dialect: Dialect;
  readonly name: string;
  readonly folder: URL;
}

function casesOf(dialect: Dialect): Case[] {
  const folder = new URL(`${dialect.name}/cases/`, HERE);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => ({ dialect, name, folder: new URL(`${encodeURIComponent(name)}/`, folder) }));
}

function read(at: Case, file: string): Buffer | undefined {
  const path = new URL(file, at.folder);
  return existsSync(path) ? readFileSync(path) : undefined;
}

/** A text file ends with a line break that the sender did not send; where it must be exact, the case has message.bin. */
function bodyOf(at: Case): Uint8Array {
  const exact = read(at, "message.bin");
  if (exact) return exact;
  const text = read(at, "message.txt");
  if (!text) throw new Error(`${at.name} has neither message.txt nor message.bin`);
  return Buffer.from(text.toString("utf8").replace(/\r?\n$/, ""));
}

function topicOf(at: Case): string {
  return read(at, "topic.txt")?.toString("utf8").trim() ?? (at.dialect.topics[0] ?? "a/topic").replaceAll("+", "device");
}

function decoded(at: Case): unknown {
  const options = at.dialect.options.parse(JSON.parse(read(at, "options.json")?.toString("utf8") ?? "{}"));
  const message = { source: "case", topic: topicOf(at), body: bodyOf(at), receivedMs: RECEIVED_MS, qos: 1 as const, retained: false };
  return at.dialect.decode(message, options).items.map(plain);
}

/** JSON has no NaN: a stated absence is written as null. */
function plain(item: Item): unknown {
  return JSON.parse(JSON.stringify(item));
}

/** The best guess of all dialects; its confidence shows in being the best. */
function recognised(at: Case): unknown {
  const [topic, body] = [topicOf(at), bodyOf(at)];
  const guesses = DIALECTS.flatMap((dialect) => ({ dialect: dialect.name, ...dialect.recognise(topic, body) }));
  const best = guesses.sort((a, b) => (b.confidence ?? 0) - (a.confidence ?? 0))[0];
  return best?.confidence === undefined ? null : { dialect: best.dialect, evidence: best.evidence, filter: best.filter };
}

function expectedOf(at: Case): unknown[] {
  return JSON.parse(read(at, "expected.json")?.toString("utf8") ?? "null") as unknown[];
}

describe("the catalogue", () => {
  it("has names that are unique and found again", () => {
    expect(DIALECTS.length).toBeGreaterThanOrEqual(FLOOR_PER_DIALECT);
    expect(new Set(DIALECTS.map((d) => d.name)).size).toBe(DIALECTS.length);
    for (const dialect of DIALECTS) expect(dialectNamed(dialect.name)).toBe(dialect);
    expect(dialectNamed("__proto__")).toBeUndefined();
  });

  it("matches the folders, each with a README that shows what is stored", () => {
    const folders = readdirSync(HERE, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(folders.sort()).toEqual(DIALECTS.map((d) => d.name).sort());
    for (const name of folders) expect(readFileSync(new URL(`${name}/README.md`, HERE), "utf8")).toContain("## What is stored");
  });
});

describe.each(DIALECTS.map((dialect) => [dialect.name, dialect] as const))("%s", (_name, dialect) => {
  const cases = casesOf(dialect);

  it(`has at least ${FLOOR_PER_DIALECT} cases, ${FLOOR_REJECTS} of them with a reject`, () => {
    expect(cases.length).toBeGreaterThanOrEqual(FLOOR_PER_DIALECT);
    const withReject = cases.filter((at) => expectedOf(at).some((item) => (item as Item).type === "reject"));
    expect(withReject.length).toBeGreaterThanOrEqual(FLOOR_REJECTS);
  });

  it.each(cases.map((at) => [at.name.replaceAll("-", " "), at] as const))("%s", (_title, at) => {
    expect(decoded(at)).toEqual(expectedOf(at));
    const guess = read(at, "recognised.json");
    if (guess) expect(recognised(at)).toEqual(JSON.parse(guess.toString("utf8")));
  });
});
