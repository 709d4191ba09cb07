import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const HERE = new URL(".", import.meta.url);
const GUIDE = readFileSync(new URL("../../docs/guides/rejects.md", HERE), "utf8");

describe("the guide to rejects", () => {
  it("lists every code that intake gives, and none that it does not", () => {
    const files = readdirSync(HERE).filter((name) => /^[a-z-]+\.ts$/.test(name) && name !== "line-world.ts");
    const source = files.map((name) => readFileSync(new URL(name, HERE), "utf8")).join("\n");
    const given = [...source.matchAll(/(?:code: |refuse\(|refused\()"([a-z-]+)"/g)].map((match) => String(match[1]));
    const listed = [...GUIDE.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => String(match[1]));
    expect(given.length).toBeGreaterThan(12);
    expect([...new Set(given)].sort()).toEqual(listed.sort());
  });
});
