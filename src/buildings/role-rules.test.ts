import { describe, expect, it } from "vitest";
import { ROLES } from "./role.ts";
import { ROLE_RULES } from "./role-rules.ts";

describe("the rules of the house", () => {
  it("have names of their own, by which evidence calls them", () => {
    const names = ROLE_RULES.map(({ name }) => name);
    expect(names).toHaveLength(new Set(names).size);
  });

  it("stand in the order in which they are tried", () => {
    const priorities = ROLE_RULES.map(({ priority }) => priority);
    expect(priorities).toEqual([...priorities].sort((a, b) => a - b));
  });

  it("tell every role there is", () => {
    const told = new Set(ROLE_RULES.map(({ role }) => role));
    expect(ROLES.filter((role) => !told.has(role))).toEqual([]);
  });

  it("say something about a name or its tags, and why", () => {
    for (const rule of ROLE_RULES) {
      expect(rule.patterns.length + (rule.tagsAll?.length ?? 0)).toBeGreaterThan(0);
      expect(rule.reason).not.toBe("");
      expect(rule.confidence).toBeGreaterThan(0);
      expect(rule.confidence).toBeLessThan(1);
    }
  });
});
