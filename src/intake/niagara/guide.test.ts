import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const ROOT = new URL("../../../", import.meta.url);
const FOLDERS = ["src/intake/niagara", "src/dialects/niagara-export", "src/dialects/obix-history"];

test("the guide to stations tells what every code means", () => {
  const guide = readFileSync(new URL("docs/guides/niagara.md", ROOT), "utf8");
  const sources = FOLDERS.flatMap((folder) => {
    const base = new URL(`${folder}/`, ROOT);
    const files = readdirSync(base).filter((name) => /^[a-z-]+\.ts$/.test(name));
    return files.map((name) => readFileSync(new URL(name, base), "utf8"));
  });
  const codes = [...sources.join("\n").matchAll(/(?:code: |PullProblem\(\s*|broken\(\s*)"([a-z-]+)"/g)].map((match) => String(match[1]));
  expect(new Set(codes).size).toBeGreaterThan(30);
  for (const code of new Set(codes)) expect(guide, code).toContain(`\`${code}\``);
});
