import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { buildingPoint } from "./building-point-made.ts";
import { modelOf } from "./model-of.ts";
import { ROLES } from "./role.ts";
import { ROLE_LABELS } from "./role-labels.ts";
import { safePattern } from "./safe-pattern.ts";

const GUIDE = readFileSync(new URL("../../docs/guides/building-names.md", import.meta.url), "utf8");

describe("the guide to names", () => {
  it("lists every role as the pages call it, and none that there is not", () => {
    const listed = [...GUIDE.matchAll(/^\| `([a-z\d-]+)` \| ([^|]+) \| [^|]+ \|$/gm)].map(([, role, label]) => [role, label]);
    expect(listed).toEqual(ROLES.map((role) => [role, ROLE_LABELS[role]]));
  });

  it("is read as its examples say", () => {
    const rows = [...GUIDE.matchAll(/^\| `([^`|]+)` \| (`[^`]+`|none) \| (`[^`]+`|none) \|$/gm)].map((row) => row.slice(1).map(bare));
    expect(rows.length).toBeGreaterThan(8);
    for (const [name = "", equipment, role] of rows) {
      const guess = modelOf([buildingPoint(name)]).points[0];
      expect([name, guess?.equipment ?? "none", guess?.role ?? "none"]).toEqual([name, equipment, role]);
    }
  });

  it("tells names of each role that are read so", () => {
    for (const [, role = "", names = ""] of GUIDE.matchAll(/^\| `([a-z\d-]+)` \| [^|]+ \| ([^|]+) \|$/gm)) {
      for (const name of names.split(", ").map((one) => one.replace(" of a box", ""))) {
        const unit = ofAirHandler(role) ? "AHU 1" : role.startsWith("compressor") ? "RTU 1" : "VAV 1-01";
        expect([name, modelOf([buildingPoint(`${unit} ${name}`)]).points[0]?.role]).toEqual([name, role]);
      }
    }
  });

  it("shows rules whose patterns are taken", () => {
    const shown = JSON.parse(/```json\n([\s\S]*?)```/.exec(GUIDE)?.[1] ?? "") as { rules: { name_regex?: string[] }[] };
    const patterns = shown.rules.flatMap((rule) => rule.name_regex ?? []);
    expect(patterns.length).toBeGreaterThan(1);
    for (const pattern of patterns) expect(safePattern(pattern)).toHaveProperty("pattern");
  });
});

function bare(cell: string | undefined): string {
  return (cell ?? "").replaceAll("`", "");
}

function ofAirHandler(role: string): boolean {
  return /^(?:discharge|mixed|return|outdoor|duct)/.test(role);
}
