import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const ROOT = new URL("../../../", import.meta.url);

/** Codes of rejects that the files of a folder make. */
function codesOf(folder: string): string[] {
  const base = new URL(`src/intake/${folder}/`, ROOT);
  const files = readdirSync(base).filter((name) => /^[a-z-]+\.ts$/.test(name));
  const source = files.map((name) => readFileSync(new URL(name, base), "utf8")).join("\n");
  return [...source.matchAll(/(?:code: |rejected\(\s*)"([a-z-]+)"/g)].map((match) => String(match[1]));
}

describe("the guides to what is fetched", () => {
  test.each(["influx", "tibber", "niagara"])("%s: lists every reason for a reject", (folder) => {
    const guide = readFileSync(new URL(`docs/guides/${folder}.md`, ROOT), "utf8");
    const codes = codesOf(folder);
    expect(codes.length).toBeGreaterThan(2);
    for (const code of codes) expect(guide).toContain(`\`${code}\``);
  });
});
