import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FAULT_INPUTS } from "./equipment-rows.ts";
import { type FaultRule, FINDING_RULES, type Threshold } from "./fault-rule.ts";
import { FAULT_RULES } from "./fault-rules.ts";

const GUIDE = readFileSync(new URL("../../docs/guides/building-rules.md", import.meta.url), "utf8");

const said = ({ value, unit, means, absolute }: Threshold): string => {
  const size = unit === "" ? String(value) : `${value} ${unit}`;
  return `${size}${absolute === true || !unit.startsWith("°") ? "" : " of difference"}: ${means}`;
};
const numbers = ({ thresholds, afterMinutes }: FaultRule): string =>
  [...Object.values(thresholds).map(said), ...(afterMinutes > 0 ? [`counts after ${afterMinutes} min`] : [])].join("<br>") || "–";
const shares = ({ severity: { note, warning, critical } }: FaultRule): string => {
  const from = [note, warning, critical].map((share, i) => (share > 100 ? "" : `${["note", "warning", "critical"][i]} from ${share} %`));
  return from.filter((text) => text !== "").join(", ") || "by its numbers, not by a share";
};
const row = (rule: FaultRule): string =>
  `| \`${rule.key}\` | **${rule.title}.** ${rule.looksFor} | ${numbers(rule)} | ${shares(rule)}; lasting: ${rule.severity.lasting} | ${rule.spares.join("<br>") || "–"} | ${rule.source} |`;

describe("rules of faults", () => {
  it("stand in the guide as they are", () => {
    const rows = GUIDE.split("\n").filter((line) => line.startsWith("| `"));
    expect(rows).toEqual(FAULT_RULES.map(row));
  });

  it("have a key of their own, a name that is known, and columns that are known", () => {
    expect(new Set(FAULT_RULES.map(({ key }) => key)).size).toBe(FAULT_RULES.length);
    for (const rule of FAULT_RULES) {
      expect(FINDING_RULES).toContain(rule.rule);
      for (const input of [...rule.needs, ...rule.uses]) expect(FAULT_INPUTS).toContain(input);
    }
  });

  it("cover every finding there is", () => {
    expect(new Set(FAULT_RULES.map(({ rule }) => rule))).toEqual(new Set(FINDING_RULES));
  });

  it("grow graver with their share", () => {
    for (const { severity } of FAULT_RULES) {
      expect(severity.note).toBeLessThanOrEqual(severity.warning);
      expect(severity.warning).toBeLessThanOrEqual(severity.critical);
    }
  });
});
