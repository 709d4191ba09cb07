import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { filterCovers, filterProblem, plainFilter } from "#dialects/topic-filter.ts";
import { compileClaims } from "./claims.ts";
import type { Source } from "./source.ts";

const source = (name: string, topics: readonly string[], broker?: string): Source => ({
  name,
  topics,
  dialect: "d",
  options: undefined,
  points: new Map(),
  keepRawMs: 0,
  ...(broker === undefined ? {} : { broker }),
});

/** Each filter claimed by a source of its own name. */
const byFilter = (filters: readonly string[]) => compileClaims(filters.map((filter) => source(filter, [filter])));

describe("a topic", () => {
  it.each([
    ["tele/cellar/SENSOR", "tele/cellar/SENSOR"],
    ["tele/attic/SENSOR", "tele/+/SENSOR"],
    ["tele/attic/STATE", "tele/#"],
    ["tele", "tele/#"],
    ["other", "#"],
    ["tele/cellar", "tele/cellar/#"],
  ])("%s is claimed by the most specific filter, %s", (topic, filter) => {
    expect(byFilter(["#", "tele/#", "tele/+/SENSOR", "tele/cellar/#", "tele/cellar/SENSOR"]).claim(topic)).toBe(filter);
  });

  it("that begins with $ is not claimed by a leading wildcard", () => {
    const claims = byFilter(["#", "+/x", "$SYS/broker/#"]);
    expect(claims.claim("$SYS/x")).toBeUndefined();
    expect(claims.claim("$SYS/broker/load")).toBe("$SYS/broker/#");
  });

  it("is claimed on the broker of its source alone", () => {
    const sources = [source("here", ["a"], "x"), source("there", ["a"], "y"), source("anywhere", ["b"])];
    expect(compileClaims(sources, "y").claim("a")).toBe("there");
    expect(compileClaims(sources, "z").claim("a")).toBeUndefined();
    expect(compileClaims(sources, "z").filters).toEqual(["b"]);
  });

  it("may be shared with other processes", () => {
    const claims = byFilter(["$share/wattkeep/tele/#"]);
    expect(claims.claim("tele/x")).toBe("$share/wattkeep/tele/#");
    expect(claims.filters).toEqual(["$share/wattkeep/tele/#"]);
  });

  it("cannot be claimed by two sources alike", () => {
    expect(() => compileClaims([source("a", ["x/+"]), source("b", ["$share/g/x/+"])])).toThrow("Sources a and b claim the same");
  });

  const level = fc.constantFrom("a", "b", "", "$SYS", "ü");
  const topic = fc.array(level, { minLength: 1, maxLength: 5 }).map((levels) => levels.join("/"));
  const filter = fc
    .tuple(fc.array(fc.oneof(level, fc.constant("+")), { maxLength: 4 }), fc.boolean())
    .map(([levels, rest]) => [...levels, ...(rest || levels.length === 0 ? ["#"] : [])].join("/"))
    .filter((made) => filterProblem(made) === undefined);

  it("finds the filter that a plain search finds", () => {
    fc.assert(
      fc.property(fc.uniqueArray(filter, { maxLength: 12 }), topic, (filters, asked) => {
        const covering = filters.filter((one) => filterCovers(one, asked)).sort(bySpecificity);
        expect(byFilter(filters).claim(asked)).toBe(covering[0]);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** The first level at which two filters differ decides: a name, then `+`, then `#` or the end. */
function bySpecificity(a: string, b: string): number {
  const grade = (level: string | undefined) => (level === undefined ? 3 : level === "#" ? 2 : level === "+" ? 1 : 0);
  const [left, right] = [a.split("/"), b.split("/")];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    // Of `a` and `a/#`, which both cover `a`, the shorter is the more specific.
    if (left[i] === undefined || right[i] === undefined) return left.length - right.length;
    const difference = grade(left[i]) - grade(right[i]);
    if (difference !== 0) return difference;
  }
  return 0;
}

describe("a filter", () => {
  it.each(["", "a/#/b", "a#", "+a/b", "$share/g", "a\u0000"])("%j cannot be", (filter) => {
    expect(filterProblem(filter)).toBeTypeOf("string");
  });

  it.each(["#", "+", "a/+/b/#", "/", "$share/g/a/#", "a b"])("%j can be", (filter) => {
    expect(filterProblem(filter)).toBeUndefined();
  });

  it("is what remains when its share is taken off", () => {
    expect(plainFilter("$share/group/a/+")).toBe("a/+");
    expect(plainFilter("$shared/a")).toBe("$shared/a");
  });
});
