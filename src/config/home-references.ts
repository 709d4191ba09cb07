import { BUILT_IN_IDS } from "#alerts/built-in.ts";
import type { Path } from "./document.ts";
import { nameProblem, shown } from "./values.ts";
import { type Body, isMap, listOf } from "./written.ts";

type Entries = readonly (readonly [name: string, body: Body])[];

/** What the references of homes and alerts are judged by. */
export interface Known {
  readonly sites: readonly string[];
  readonly brokers: readonly string[];
  readonly sources: readonly string[];
  /** Tells a problem at a path. */
  add(path: Path, sentence: string): void;
  /** At the key of a path. */
  addAtKey(path: Path, sentence: string): void;
  /** Tells what is no problem and should be known. */
  warn(path: Path, sentence: string): void;
  /** Whether a name is one of those there are; tells a problem where it is not. */
  check(path: Path, given: unknown, what: { readonly what: string; readonly known: readonly string[] }): void;
}

/** Names in homes that do not fit: sites, points, dates that stand twice, a price beside a tariff. */
export function checkHomes(homes: Entries, tariffs: readonly unknown[], known: Known): void {
  const grids = new Map<string, string>();
  const billed = new Set(tariffs.map((row) => (isMap(row) ? row["point"] : undefined)));
  for (const [name, body] of homes) {
    const at = ["homes", name];
    const problem = nameProblem(name);
    if (problem) known.addAtKey(at, `the name ${problem}`);
    known.check([...at, "site"], body["site"], { what: "a site", known: known.sites });
    const grid = checkPoints(at, body, known);
    const other = grid && grids.get(grid);
    if (other !== undefined) known.add([...at, "grid"], `${shown(grid)} is the meter of ${other} already`);
    if (grid) grids.set(grid, name);
    if (grid && body["prices"] !== undefined && billed.has(grid))
      known.add([...at, "prices"], `${grid} has a tariff in this file; keep either the tariff or the prices`);
    for (const key of ["prices", "instalments"]) checkDates([...at, key], body[key], known);
  }
}

/** The grid meter as `site/point`, where that can be told. */
function checkPoints(at: Path, body: Body, known: Known): string | undefined {
  const written: [Path, string][] = [];
  if (typeof body["grid"] === "string") written.push([[...at, "grid"], body["grid"]]);
  for (const key of ["solar", "battery"])
    for (const [i, point] of listOf(body[key]).entries()) if (typeof point === "string") written.push([[...at, key, i], point]);
  const named = written.flatMap(([, point]) => (point.includes("/") ? [point.split("/")[0] as string] : []));
  const site = typeof body["site"] === "string" ? body["site"] : (named[0] ?? (known.sites.length === 1 ? known.sites[0] : undefined));
  if (site === undefined && known.sites.length > 1)
    known.addAtKey(at, `says no site; there are ${known.sites.join(", ")}: add site, or write points as site/point`);
  const seen = new Set<string>();
  for (const [path, given] of written) {
    const [point = "", where, more] = given.includes("/")
      ? [given.slice(given.indexOf("/") + 1), given.split("/")[0], given.split("/")[2]]
      : [given];
    const problem = nameProblem(point);
    if (more !== undefined) known.add(path, "a point is written as its name, or as site/point");
    else if (problem) known.add(path, `the point's name ${problem}`);
    else if (where !== undefined) checkSite(path, where, { site, known });
    if (seen.has(point)) known.add(path, `${shown(given)} stands in this home twice`);
    seen.add(point);
  }
  const [first] = written;
  return first?.[0].at(-1) === "grid" && site !== undefined ? `${site}/${first[1].slice(first[1].indexOf("/") + 1)}` : undefined;
}

function checkSite(path: Path, where: string, { site, known }: { site: string | undefined; known: Known }): void {
  known.check(path, where, { what: "a site", known: known.sites });
  if (known.sites.includes(where) && site !== undefined && where !== site)
    known.add(path, `lies at ${where} and the home at ${site}; the points of a home are of one site`);
}

/** Dates of dated rows that stand twice. */
export function checkDates(at: Path, rows: unknown, known: Known): void {
  const seen = new Set<unknown>();
  for (const [i, row] of listOf(rows).entries()) {
    const from = isMap(row) ? row["from"] : undefined;
    if (typeof from === "string" && seen.has(from))
      known.add([...at, i, "from"], `another row holds from ${from} on already; keep one of the two`);
    seen.add(from);
  }
}

/** Names in alerts that do not fit: channels, sources, sites, brokers, an id that stands twice. */
export function checkAlerts(alerts: Body, known: Known): void {
  const channels = isMap(alerts["channels"]) ? alerts["channels"] : {};
  for (const [name, body] of Object.entries(channels)) {
    const at = ["alerts", "channels", name];
    const problem = nameProblem(name);
    if (problem) known.addAtKey(at, `the name ${problem}`);
    if (isMap(body)) known.check([...at, "broker"], body["broker"], { what: "a broker", known: known.brokers });
  }
  const ids = new Set<unknown>();
  for (const [i, rule] of listOf(alerts["rules"]).entries()) {
    if (!isMap(rule)) continue;
    const at = ["alerts", "rules", i];
    for (const [j, channel] of listOf(rule["channels"]).entries())
      known.check([...at, "channels", j], channel, { what: "a channel", known: Object.keys(channels) });
    if (typeof rule["id"] === "string" && ids.has(rule["id"]))
      known.add([...at, "id"], `another rule is ${shown(rule["id"])} already; ids are unique`);
    if (typeof rule["id"] === "string" && BUILT_IN_IDS.has(rule["id"]))
      known.add([...at, "id"], `${shown(rule["id"])} is a rule that is there by itself; choose another id`);
    ids.add(rule["id"]);
    checkSubject(at, rule, known);
  }
}

/** What a rule is about; sources that no file lists are found out while the program runs. */
function checkSubject(at: Path, rule: Body, known: Known): void {
  if (rule["kind"] === "stale" && rule["source"] !== "*" && known.sources.length > 0)
    known.check([...at, "source"], rule["source"], { what: "a source", known: known.sources });
  for (const key of ["of", "series"] as const) if (typeof rule[key] === "string") checkSeries([...at, key], rule[key], known);
  const plant = rule["plant"];
  if (typeof plant === "string") checkId([...at, "plant"], plant, { what: "a plant", known });
}

/** The key of a series; readings are also counted of a home, or of every home. */
function checkSeries(path: Path, given: string, known: Known): void {
  const ofHome = path.at(-1) === "of";
  if (ofHome && given === "*") return;
  const [, site = "", , quantity, source] = /^([^/@]+)\/([^/@]+)(?:\/([^/@]+)@([^/@]+))?$/.exec(given) ?? [];
  if (site === "" || (quantity === undefined && !ofHome)) {
    const wants = `${ofHome ? "site/point of a home, or " : ""}the key of a series: site/point/quantity@source`;
    known.add(path, `${shown(given)} is not what a rule can watch; write ${wants}`);
    return;
  }
  if (known.sites.length > 0 && site !== "unassigned") known.check(path, site, { what: "a site", known: known.sites });
  if (known.sources.length > 0) known.check(path, source, { what: "a source", known: known.sources });
}

/** `site.point`; both may hold dots. */
export function checkId(path: Path, given: string, { what, known }: { what: string; known: Known }): void {
  if (!/^[^./]+(\.[^./]+)+$/.test(given)) known.add(path, `${shown(given)} is not ${what}; write site.point`);
  else if (known.sites.length > 0 && !known.sites.some((site) => given.startsWith(`${site}.`)))
    known.check(path, given.split(".")[0], { what: "a site", known: known.sites });
}
