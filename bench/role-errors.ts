import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { BuildingPoint, PointGuess } from "#buildings/model.ts";
import { modelOf } from "#buildings/model-of.ts";
import type { Role } from "#buildings/role.ts";
import { normalRoot } from "#buildings/zone-root.ts";
import { markdown } from "./markdown.ts";
import { olderRole } from "./older-roles.ts";

// How often roles and equipment are told rightly from the names of real points that others labelled by hand.
// Each list is split in two by the words of its names: rules may be made looking at the one half, the other only measures them.

type Truth = Role | "none";
type Half = "looked at" | "held out";

interface Labelled {
  readonly name: string;
  readonly equipment?: string;
  /** Any of them is right. */
  readonly truth: readonly Truth[];
  readonly half: Half;
}

const SETPOINTS: readonly Truth[] = [
  "none",
  "effective-setpoint",
  "effective-heating-setpoint",
  "effective-cooling-setpoint",
  "occupied-heating-setpoint",
  "occupied-cooling-setpoint",
  "unoccupied-heating-setpoint",
  "unoccupied-cooling-setpoint",
  "flow-setpoint",
  "min-flow-setpoint",
  "max-flow-setpoint",
  "discharge-air-setpoint",
  "duct-pressure-setpoint",
];

/** Labels of the boxes' list. */
const OF_BOXES: Readonly<Record<string, readonly Truth[]>> = {
  zone_temp: ["space-temp"],
  zone_setpoint: ["effective-setpoint"],
  cooling_setpoint: ["effective-cooling-setpoint"],
  heating_setpoint: ["effective-heating-setpoint"],
  supply_airflow: ["flow"],
  supply_airflow_setpoint: ["flow-setpoint"],
  damper_command: ["damper-command"],
  damper_position: ["damper-position"],
  cooling_command: ["cooling-command"],
  heating_command: ["heating-command"],
  reheat_valve: ["reheat"],
  occupancy: ["occupancy"],
};

/** Labels of two campuses. They do not tell a room's air from a duct's, nor a setpoint from a limit: there "none" is right too. */
const OF_CAMPUSES: Readonly<Record<string, readonly Truth[]>> = {
  "room air temperature": ["space-temp"],
  "supply air temperature": ["discharge-air-temp"],
  "return air temperature": ["return-air-temp"],
  "mixed air temperature": ["mixed-air-temp"],
  "air flow volume": ["flow", "none"],
  "air humidity": ["space-humidity", "none"],
  co2: ["space-co2", "none"],
  occupancy: ["occupancy"],
  setpoint: SETPOINTS,
};

/** Controller and input, which the list of the campuses glues to a name: `Return Air Tempdac1UIP28`. */
const ADDRESS = /[a-z]{3}\d[A-Z]{2,3}\d+$/;

const root = process.env["WATTKEEP_REAL_DATA"];
const folder = root === undefined ? undefined : join(root, "buildings", "point_naming_labelled");
if (folder === undefined || !existsSync(folder)) {
  console.log(`Skipped: ${folder === undefined ? "WATTKEEP_REAL_DATA names no folder with labelled names" : `there is no ${folder}`}.`);
} else {
  const only = process.argv.includes("--looked-at") ? (["looked at"] as const) : (["looked at", "held out"] as const);
  report("Boxes of one building", boxes(folder), only);
  report("Points of two campuses", campuses(folder), only);
}

function boxes(from: string): Labelled[] {
  return rows(join(from, "expected_roles_ebu3b_jci.csv")).map(([name = "", equipment = "", role = ""]) => ({
    name,
    equipment,
    truth: OF_BOXES[role] ?? ["none"],
    half: halfOf((name.split(".").at(-1) ?? "").replace(/\d+/g, "#").toLowerCase()),
  }));
}

function campuses(from: string): Labelled[] {
  return rows(join(from, "rice_uva_types.csv")).map(([name = "", label = ""]) => {
    const words = name.replace(/[a-z]{2,3}\d+AV\d+.*/i, "").replace(/[\d\s]+/g, "");
    return { name: name.replace(ADDRESS, ""), truth: OF_CAMPUSES[label.trim()] ?? ["none"], half: halfOf(words.toLowerCase()) };
  });
}

function rows(file: string): string[][] {
  return (parse(readFileSync(file), { bom: true, relax_quotes: true, relax_column_count: true, trim: true }) as string[][]).slice(1);
}

/** By the words alone, so that one name never stands in both halves. */
function halfOf(words: string): Half {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(words)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b) >>> 0;
  return ((hash ^ (hash >>> 13)) & 1) === 0 ? "looked at" : "held out";
}

function guesses(labelled: readonly Labelled[]): PointGuess[] {
  const points = labelled.map(
    ({ name }, i): BuildingPoint => ({
      site: "site",
      point: String(i),
      name,
      station: "",
      path: name,
      equipment: "",
      tags: [],
      series: [],
    }),
  );
  const byId = new Map(modelOf(points).points.map((guess) => [guess.point.point, guess]));
  return points.map(({ point }) => byId.get(point) as PointGuess);
}

function report(title: string, all: readonly Labelled[], halves: readonly Half[]): void {
  console.log(`\n${title}\n`);
  const lines = halves.map((half) => {
    const some = all.filter((one) => one.half === half);
    const told = guesses(some);
    const ours = told.map(({ role }) => role ?? "none");
    const older = some.map(({ name }) => olderRole(name));
    const equipped = some.flatMap(({ equipment }, i) => (equipment === undefined ? [] : [normalRoot(equipment) === told[i]?.equipment]));
    const words = new Set(some.map(({ name }) => name.replace(/\d+/g, "")));
    const found = some.flatMap((one, i) => (one.truth.includes("none") ? [] : [one.truth.includes(ours[i] as Truth)]));
    return [
      half,
      some.length,
      words.size,
      share(some.map(rightBy(ours))),
      share(found),
      share(some.map(rightBy(older))),
      share(equipped),
    ].map(String);
  });
  console.log(
    markdown(
      [
        "half",
        "names",
        "different but for numbers",
        "roles right",
        "found of those with a role",
        "by the older system's rules",
        "equipment right",
      ],
      lines,
    ),
  );
  for (const half of halves) {
    const some = all.filter((one) => one.half === half);
    const ours = guesses(some).map(({ role }) => role ?? "none");
    console.log(`\n${half}: by role\n\n${byRole(some, ours)}\n\n${half}: what was taken for something else\n\n${confusion(some, ours)}`);
  }
}

function rightBy(told: readonly Truth[]): (one: Labelled, i: number) => boolean {
  return ({ truth }, i) => truth.includes(told[i] as Truth);
}

function share(right: readonly boolean[]): string {
  return right.length === 0 ? "–" : `${((100 * right.filter(Boolean).length) / right.length).toFixed(1)} %`;
}

function byRole(some: readonly Labelled[], told: readonly Truth[]): string {
  const roles = [...new Set([...some.map(({ truth }) => truth[0] as Truth), ...told])].filter((role) => role !== "none").sort();
  const lines = roles.map((role) => {
    const claimed = some.filter((_, i) => told[i] === role);
    const there = some.flatMap((one, i) => (one.truth[0] === role && !one.truth.includes("none") ? [told[i] === role] : []));
    return [role, String(there.length), share(claimed.map(({ truth }) => truth.includes(role))), share(there)];
  });
  return markdown(["role", "labelled", "precision", "recall"], lines);
}

function confusion(some: readonly Labelled[], told: readonly Truth[]): string {
  const found = new Map<string, { n: number; example: string }>();
  for (const [i, one] of some.entries()) {
    const guess = told[i] as Truth;
    if (one.truth.includes(guess)) continue;
    const key = `${one.truth[0]}\n${guess}`;
    const before = found.get(key);
    found.set(key, { n: (before?.n ?? 0) + 1, example: before?.example ?? one.name });
  }
  const lines = [...found].sort(([, a], [, b]) => b.n - a.n).map(([key, { n, example }]) => [...key.split("\n"), String(n), example]);
  return lines.length === 0 ? "nothing" : markdown(["labelled", "told", "names", "such as"], lines);
}
