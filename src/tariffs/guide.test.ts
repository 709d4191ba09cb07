import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parsePlan } from "./parse-plan.ts";
import { planSchema } from "./plan-schema.ts";

const guide = read("docs/guides/tariffs.md");

describe("the guide", () => {
  it.each(["docs/guides/tariffs.md", "src/tariffs/README.md"])("%s shows plans that are plans", (file) => {
    const plans = [...read(file).matchAll(/```json\n([\s\S]*?)```/g)].map((found) => JSON.parse(found[1] as string) as unknown);
    expect(plans.length).toBeGreaterThan(0);
    for (const plan of plans) expect(parsePlan(plan)).toEqual({ plan });
  });

  it("speaks of every key that a plan may have", () => {
    const keys = keysOf(z.toJSONSchema(planSchema));
    expect(keys.size).toBeGreaterThan(40);
    expect([...keys].filter((key) => !guide.includes(`\`${key}\``) && !guide.includes(`"${key}"`))).toEqual([]);
  });
});

function read(file: string): string {
  return readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
}

/** Names of all properties of a JSON schema. */
function keysOf(schema: unknown, found = new Set<string>()): Set<string> {
  if (typeof schema !== "object" || schema === null) return found;
  for (const [key, value] of Object.entries(schema)) {
    if (key === "properties") for (const name of Object.keys(value as object)) found.add(name);
    keysOf(value, found);
  }
  return found;
}
