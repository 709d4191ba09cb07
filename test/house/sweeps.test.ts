import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const files = (folder: string, wanted: (path: string) => boolean): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name).replaceAll("\\", "/");
    if (statSync(path).isDirectory()) return files(path, wanted);
    return wanted(path) ? [path] : [];
  });

const code = (path: string): string => readFileSync(path, "utf8");
/** Files of the project: what git tracks, or all of them where it was unpacked from an archive. */
function tracked(): string[] {
  const git = spawnSync("git", ["ls-files"], { encoding: "utf8" });
  if (git.status === 0) return git.stdout.split("\n").filter((path) => path !== "" && existsSync(path));
  const made = /^(node_modules|dist|wattkeep-data|\.git)\//;
  return files(".", (path) => !made.test(path));
}

const PURE = ["units", "calendar", "series", "readings", "sites", "dialects", "contract"];

describe("pure rooms", () => {
  // What a linter cannot tell from a harmless use: Date is fine for parsing, not for asking what time it is.
  const impure = /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bnow\.(?:instant|zoned|plain)/;

  test("the sweep sees the plant", () => expect(impure.test("const t = Date.now();")).toBe(true));

  test("no pure room asks for the time or for luck", () => {
    const swept = PURE.flatMap((room) => files(`src/${room}`, (path) => path.endsWith(".ts") && !path.endsWith(".test.ts")));
    expect(swept.length).toBeGreaterThan(30);
    expect(swept.filter((path) => impure.test(code(path)))).toEqual([]);
  });
});

describe("the repository speaks of the project alone", () => {
  const swept = tracked().filter((path) => path !== ".ci/run");
  // Spelled in pieces so that this file does not find itself.
  const foreign = new RegExp(
    [
      ["/wo", "rk/"],
      ["/ro", "ot/"],
      ["\\.\\./sha", "red"],
      ["registry\\.", "npmjs"],
      ["cla", "ude"],
      ["anthro", "pic"],
    ]
      .map((pair) => pair.join(""))
      .join("|"),
    "i",
  );

  test("no path of a machine, no registry host, no tool that wrote it", () => {
    const texts = swept.filter((path) => !/\.(png|ico|bin|woff2?)$/.test(path) && path !== "package-lock.json");
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.filter((path) => foreign.test(code(path)))).toEqual([]);
  });

  test("the lock file names no registry", () => {
    expect(code("package-lock.json")).not.toContain('"resolved"');
  });
});

describe("documents", () => {
  test("CONTRIBUTING.md stays within 120 lines", () => expect(code("CONTRIBUTING.md").split("\n").length).toBeLessThanOrEqual(121));

  test("each runtime dependency has one line in docs/DEPENDENCIES.md, and none that is gone", () => {
    const { dependencies, optionalDependencies } = JSON.parse(code("package.json")) as Record<string, Record<string, string>>;
    const wanted = Object.keys({ ...dependencies, ...optionalDependencies });
    const listed = [...code("docs/DEPENDENCIES.md").matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1]);
    expect(listed.length).toBeGreaterThan(10);
    expect(listed.toSorted()).toEqual(wanted.toSorted());
  });

  test("decisions are numbered without gaps and each is at most a page", () => {
    const decisions = readdirSync("docs/decisions").toSorted();
    expect(decisions.length).toBeGreaterThan(3);
    expect(decisions.map((name) => Number(name.slice(0, 4)))).toEqual(decisions.map((_, index) => index + 1));
    expect(decisions.filter((name) => code(`docs/decisions/${name}`).split("\n").length > 60)).toEqual([]);
  });

  test("the README names every dialect and every command of the catalogues, and no other dialect", () => {
    const readme = code("README.md");
    const dialects = readdirSync("src/dialects", { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
    expect(dialects.length).toBeGreaterThanOrEqual(6);
    expect([...readme.matchAll(/\(src\/dialects\/([\w-]+)\/README\.md\)/g)].map((match) => match[1]).toSorted()).toEqual(
      dialects.toSorted(),
    );
    const commands = [...code("src/cli/commands/catalogue.ts").matchAll(/from "\.\/([\w-]+)\.ts"/g)].map((match) => match[1] as string);
    expect(commands.length).toBeGreaterThan(9);
    expect(commands.filter((command) => !new RegExp(`\\b${command}\\b`).test(readme + code("CHANGELOG.md")))).toEqual([]);
  });

  test("every link to a file of ours leads somewhere", () => {
    const pages = tracked().filter((path) => path.endsWith(".md"));
    expect(pages.length).toBeGreaterThan(8);
    const dead = pages.flatMap((page) =>
      [...code(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
        .map((match) => join(page, "..", match[1] as string))
        .filter((target) => !existsSync(target))
        .map((target) => `${page} → ${target}`),
    );
    expect(dead).toEqual([]);
  });
});

describe("tests", () => {
  test("none is skipped or singled out in the source", () => {
    const suites = ["src", "test", "web"].flatMap((folder) => files(folder, (path) => /\.test\.tsx?$/.test(path)));
    expect(suites.length).toBeGreaterThan(20);
    const marked = new RegExp(`\\b(?:test|it|describe)\\.(?:${["sk", "ip"].join("")}|${["on", "ly"].join("")}|todo)\\(`);
    expect(suites.filter((path) => marked.test(code(path)))).toEqual([]);
  });

  test("they run in a zone with daylight saving that is not UTC", () => {
    const offset = (month: number): number => new Date(2026, month, 1).getTimezoneOffset();
    expect(offset(0)).not.toBe(offset(6));
    expect(offset(0)).not.toBe(0);
  });
});
