import type { RoleRule } from "#buildings/role-rule.ts";
import { type RulesHouse, readRules } from "./building-rules.ts";
import type { Known } from "./home-references.ts";
import type { Problem } from "./problem.ts";
import { didYouMean } from "./suggest.ts";
import { nameProblem, shown } from "./values.ts";
import { type Body, isMap } from "./written.ts";

/** Names in buildings that do not fit: sites, points. */
export function checkBuildings(buildings: readonly (readonly [name: string, body: Body])[], known: Known): void {
  for (const [site, body] of buildings) {
    const at = ["buildings", site];
    if (!known.sites.includes(site))
      known.addAtKey(
        at,
        `${shown(site)} is not a site${didYouMean(site, known.sites) || (known.sites.length > 0 ? `; there are ${known.sites.join(", ")}` : "; add it below sites")}`,
      );
    const { outdoor, points } = body;
    if (typeof outdoor === "string") {
      const [point = "", where, more] = outdoor.split("/").reverse();
      const problem = nameProblem(point);
      if (more !== undefined) known.add([...at, "outdoor"], "a point is written as its name, or as site/point");
      else if (problem) known.add([...at, "outdoor"], `the point's name ${problem}`);
      else if (where !== undefined && where !== site) known.add([...at, "outdoor"], `lies at ${where} and the building at ${site}`);
    }
    for (const point of Object.keys(isMap(points) ? points : {})) {
      const problem = nameProblem(point);
      if (problem) known.addAtKey([...at, "points", point], `the point's name ${problem}; write its id, without the site`);
    }
  }
}

/** The rules of every building, read with the files they stand in; every problem of theirs. */
export function readBuildingRules(
  content: unknown,
  house: RulesHouse,
): { rules: ReadonlyMap<string, readonly RoleRule[]>; problems: Problem[] } {
  const rules = new Map<string, readonly RoleRule[]>();
  const problems: Problem[] = [];
  const buildings = isMap(content) && isMap(content["buildings"]) ? content["buildings"] : {};
  for (const [site, body] of Object.entries(buildings)) {
    const given = isMap(body) ? body["rules"] : undefined;
    if (typeof given !== "string" && !Array.isArray(given)) continue;
    const read = readRules(given, ["buildings", site, "rules"], house);
    rules.set(site, read.rules);
    problems.push(...read.problems);
  }
  return { rules, problems };
}
