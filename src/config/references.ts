import { dateStart } from "#calendar/local-text.ts";
import { instantOf, readTime } from "#calendar/time-text.ts";
import { isZone, zoneNamed } from "#calendar/zone.ts";
import type { Dialect } from "#dialects/dialect.ts";
import { filterProblem, plainFilter } from "#dialects/topic-filter.ts";
import { checkBuildings } from "./building-references.ts";
import type { ConfigDocument, Path } from "./document.ts";
import { checkAlerts, checkDates, checkHomes, checkId, type Known } from "./home-references.ts";
import { issuesOf, problemAt } from "./issues.ts";
import type { FormulaReader } from "./meter-formulas.ts";
import { checkMeters } from "./meter-references.ts";
import { NIAGARA_WAYS } from "./niagara.ts";
import { checkStations } from "./niagara-references.ts";
import { type Problem, problemText } from "./problem.ts";
import { didYouMean } from "./suggest.ts";
import { nameProblem, shown } from "./values.ts";
import { isMap } from "./written.ts";

/** What the configuration is judged against. */
export interface House {
  readonly dialects: ReadonlyMap<string, Dialect>;
  /** The environment puts one broker in the place of all: sources of different ones meet there. */
  readonly oneBroker: boolean;
  /** Left out: formulas are only looked through for names. */
  readonly formulas?: FormulaReader;
}

const FETCHED = ["influx", "tibber", ...NIAGARA_WAYS] as const;
const FETCHED_KEYS = ["domain", "schedule", "scheduleZone", "timeoutSeconds", "tries"] as const;
const SPOKEN_KEYS = ["dialect", "broker", "topics", "options", "folder"] as const;
const FOLDER_KEYS = ["glob", "minAgeSeconds", "archive"] as const;

type Entries = readonly (readonly [name: string, body: Readonly<Record<string, unknown>>])[];

/**
 * What a schema of single keys cannot see: names that refer to each other, dialects and their options, filters that two
 * sources claim. It works on the bare content, so that it finds its problems beside those of the schema.
 */
export class References {
  readonly problems: Problem[] = [];
  /** What is no problem and should be known. */
  readonly warnings: string[] = [];
  /** Options by source, as the dialects parsed them. */
  readonly options = new Map<string, unknown>();
  readonly #document: ConfigDocument;
  readonly #dialects: ReadonlyMap<string, Dialect>;
  readonly #oneBroker: boolean;
  readonly #sites: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly #brokers: ReadonlySet<string>;

  constructor(document: ConfigDocument, content: unknown, house: House) {
    this.#document = document;
    this.#dialects = house.dialects;
    this.#oneBroker = house.oneBroker;
    this.#sites = new Map(entriesOf(content, "sites"));
    this.#brokers = new Set(entriesOf(content, "brokers").map(([name]) => name));
    for (const section of ["sites", "brokers", "sources"]) this.#checkNames(section, entriesOf(content, section));
    for (const [name, body] of entriesOf(content, "sources")) this.#checkSource(name, body);
    this.#checkFilters(entriesOf(content, "sources"));
    for (const [key, body] of entriesOf(content, "points")) this.#checkPoint(key, body);
    for (const [system, body] of entriesOf(content, "compat"))
      this.#checkReference(["compat", system, "site"], body["site"], { what: "a site", known: [...this.#sites.keys()] });
    this.#checkSections(content);
    if (isMap(content)) this.#checkHomes(content);
    if (isMap(content)) this.#checkUtilities(content, house.formulas);
    if (isMap(content)) checkStations(entriesOf(content, "sources"), this.#known(content));
    if (isMap(content)) checkBuildings(entriesOf(content, "buildings"), this.#known(content));
  }

  #add(path: Path, sentence: string): void {
    this.problems.push(problemAt({ document: this.#document, at: [] }, path, sentence));
  }

  #addAtKey(path: Path, sentence: string): void {
    const position = this.#document.keyPositionOf(path);
    this.problems.push({ ...position, sentence: `${path.join(".")}: ${sentence}` });
  }

  #known(content: Readonly<Record<string, unknown>>): Known {
    return {
      sites: [...this.#sites.keys()],
      brokers: [...this.#brokers],
      sources: entriesOf(content, "sources").map(([name]) => name),
      add: (path, sentence) => this.#add(path, sentence),
      addAtKey: (path, sentence) => this.#addAtKey(path, sentence),
      warn: (path, sentence) => this.warnings.push(problemText(problemAt({ document: this.#document, at: [] }, path, sentence))),
      check: (path, given, what) => this.#checkReference(path, given, what),
    };
  }

  #checkUtilities(content: Readonly<Record<string, unknown>>, formulas: FormulaReader | undefined): void {
    const known = this.#known(content);
    const targets = entriesOf(content, "sources").flatMap(([, body]) => Object.values(isMap(body["points"]) ? body["points"] : {}));
    const points = new Set([...entriesOf(content, "points").map(([key]) => key), ...targets.filter((to) => typeof to === "string")]);
    checkMeters(entriesOf(content, "meters"), { known, sites: content["sites"], points, ...(formulas === undefined ? {} : { formulas }) });
    this.#checkGas(["gas"], content["gas"], known);
    for (const [site, body] of this.#sites) this.#checkGas(["sites", site, "gas"], body["gas"], known);
    for (const path of [
      ["utilities", "site"],
      ["outlets", "influx", "site"],
    ] as const) {
      const at = path.slice(0, -1).reduce<unknown>((map, key) => (isMap(map) ? map[key] : undefined), content);
      if (isMap(at)) known.check(path, at["site"], { what: "a site", known: known.sites });
    }
  }

  #checkGas(at: Path, rows: unknown, known: Known): void {
    checkDates(at, rows, known);
    const first = Array.isArray(rows) ? [...rows.keys()].filter((i) => isMap(rows[i]) && rows[i]["from"] === undefined) : [];
    for (const i of first.slice(1)) this.#add([...at, i], "another row holds from the beginning already; keep one of the two");
  }

  #checkHomes(content: Readonly<Record<string, unknown>>): void {
    const known = this.#known(content);
    const homes = entriesOf(content, "homes");
    checkHomes(homes, Array.isArray(content["tariffs"]) ? content["tariffs"] : [], known);
    if (isMap(content["alerts"])) checkAlerts(content["alerts"], known);
    for (const [outlet, body] of entriesOf(content, "outlets"))
      known.check(["outlets", outlet, "broker"], body["broker"], { what: "a broker", known: known.brokers });
    for (const [system, body] of entriesOf(content, "compat")) {
      const home = body["home"];
      const path = ["compat", system, "home"];
      if (typeof home !== "string" || homes.some(([name]) => name === home)) continue;
      if (home.includes(".")) checkId(path, home, { what: "a home", known });
      else this.#checkReference(path, home, { what: "a home", known: homes.map(([name]) => name) });
    }
    const backups = content["backups"];
    if (isMap(backups) && isMap(backups["to"]) && backups["folder"] !== undefined && backups["to"]["folder"] === backups["folder"])
      this.#add(["backups", "to", "folder"], "is the folder of the backups itself; a second place is another disk");
  }

  #checkNames(section: string, entries: Entries): void {
    for (const [name] of entries) {
      const problem = nameProblem(name);
      if (problem) this.#addAtKey([section, name], `the name ${problem}`);
    }
  }

  #checkSource(name: string, body: Readonly<Record<string, unknown>>): void {
    const at = ["sources", name];
    this.#checkReference([...at, "site"], body["site"], { what: "a site", known: [...this.#sites.keys()] });
    this.#checkReference([...at, "broker"], body["broker"], { what: "a broker", known: [...this.#brokers] });
    this.#checkReference([...at, "dialect"], body["dialect"], { what: "a dialect", known: [...this.#dialects.keys()] });
    for (const [from, to] of Object.entries(isMap(body["points"]) ? body["points"] : {})) this.#checkTarget([...at, "points", from], to);
    this.#checkFolder(at, body);
    this.#checkFetched(at, body);
    const dialect = this.#dialects.get(String(body["dialect"]));
    if (dialect) this.#checkDialect([...at], body, dialect);
  }

  /** A source speaks a dialect or is fetched; what belongs to the one is nothing for the other. */
  #checkFetched(at: Path, body: Readonly<Record<string, unknown>>): void {
    const fetched = FETCHED.filter((key) => body[key] !== undefined);
    for (const key of fetched.slice(1)) this.#add([...at, key], `${fetched[0]} is here already; make two sources of them`);
    const [how] = fetched;
    if (how === undefined && body["dialect"] === undefined) this.#add([...at, "dialect"], "is missing");
    for (const key of how === undefined ? FETCHED_KEYS : SPOKEN_KEYS) {
      if (body[key] === undefined) continue;
      const owner =
        how === undefined
          ? `a source that is fetched: ${FETCHED.slice(0, -1).join(", ")} or ${FETCHED.at(-1)} is missing`
          : `a source that speaks; this one is fetched from ${how}`;
      this.#add([...at, key], `belongs to ${owner}`);
    }
    if (how !== undefined && how !== "influx" && body["domain"] !== undefined) this.#add([...at, "domain"], "belongs to influx");
    const tibber = body["tibber"];
    if (!isMap(tibber)) return;
    if (tibber["point"] !== undefined) this.#checkTarget([...at, "tibber", "point"], tibber["point"]);
    for (const [home, to] of Object.entries(isMap(tibber["homes"]) ? tibber["homes"] : {}))
      this.#checkTarget([...at, "tibber", "homes", home], to);
  }

  #checkFolder(at: Path, body: Readonly<Record<string, unknown>>): void {
    if (body["folder"] === undefined) {
      for (const key of FOLDER_KEYS) {
        if (body[key] !== undefined) this.#add([...at, key], "belongs to a source of files; folder is missing");
      }
      return;
    }
    for (const key of ["topics", "broker"] as const) {
      if (body[key] !== undefined) this.#add([...at, key], "a source reads either a folder or topics; keep one of the two");
    }
    const glob = body["glob"];
    if (typeof glob === "string" && /[/\\]/.test(glob))
      this.#add([...at, "glob"], "is a file name with * and ?, not a path; the folder stands in folder");
  }

  #checkReference(path: Path, given: unknown, { what, known }: { what: string; known: readonly string[] }): void {
    if (typeof given !== "string" || known.includes(given)) return;
    const list = known.length > 0 && known.length <= 12 ? `; there are ${known.join(", ")}` : "";
    const hint = didYouMean(given, known) || (known.length === 0 ? `; there is none in this file` : list);
    this.#add(path, `${shown(given)} is not ${what}${hint}`);
  }

  #checkTarget(path: Path, to: unknown): void {
    if (typeof to !== "string") return;
    const slash = to.indexOf("/");
    if (slash >= 0) this.#checkReference(path, to.slice(0, slash), { what: "a site", known: [...this.#sites.keys()] });
    const problem = nameProblem(to.slice(slash + 1));
    if (problem) this.#add(path, `the point's name ${problem}`);
  }

  #checkDialect(at: Path, body: Readonly<Record<string, unknown>>, dialect: Dialect): void {
    if (body["topics"] === undefined && body["folder"] === undefined && dialect.topics.length === 0) {
      const missing = readsFiles(dialect)
        ? `folder is missing: ${dialect.name} reads files; name the folder they are dropped into`
        : `topics is missing: ${dialect.name} has none of its own; list the topics this source listens to`;
      this.#add(at, missing);
    }
    if (body["folder"] !== undefined && !readsFiles(dialect)) {
      const readers = [...this.#dialects.values()].filter(readsFiles).map(({ name }) => name);
      this.#add([...at, "folder"], `${dialect.name} reads messages, not files; dialects that read files: ${readers.join(", ")}`);
    }
    const written = body["options"] ?? {};
    if (!isMap(written)) return;
    const zone = dialect.zoned === true ? this.#zoneOf(body["site"]) : undefined;
    const content = zone === undefined || Object.hasOwn(written, "zone") ? written : { ...written, zone };
    const parsed = dialect.options.safeParse(content);
    if (parsed.success) this.options.set(String(at[1]), parsed.data);
    else
      this.problems.push(
        ...issuesOf(parsed.error.issues, { document: this.#document, schema: dialect.options, content, at: [...at, "options"] }),
      );
  }

  /** Zone of a source's site, or of the only site; undefined where that is no zone, which is a problem of its own. */
  #zoneOf(site: unknown): string | undefined {
    const body = typeof site === "string" ? this.#sites.get(site) : this.#sites.size === 1 ? [...this.#sites.values()][0] : undefined;
    const zone = body?.["zone"];
    return typeof zone === "string" && isZone(zone) ? zone : undefined;
  }

  /** Equal filters leave no most specific one; sources on different brokers do not meet. */
  #checkFilters(sources: Entries): void {
    const claimed = new Map<string, { source: string; broker: unknown }[]>();
    for (const [source, body] of sources) {
      const own = Array.isArray(body["topics"]) ? body["topics"] : undefined;
      if (body["folder"] !== undefined) continue;
      const topics = own ?? this.#dialects.get(String(body["dialect"]))?.topics ?? [];
      for (const [i, filter] of topics.entries()) {
        if (typeof filter !== "string" || filterProblem(filter)) continue;
        const others = claimed.get(plainFilter(filter)) ?? [];
        const broker = this.#oneBroker ? undefined : body["broker"];
        const other = others.find((one) => one.source !== source && (!one.broker || !broker || one.broker === broker));
        const path = own ? ["sources", source, "topics", i] : ["sources", source];
        if (other)
          this.#add(
            path,
            `${shown(filter)} is claimed by source ${other.source} already; one of the two has to leave it or be more specific`,
          );
        claimed.set(plainFilter(filter), [...others, { source, broker }]);
      }
    }
  }

  #checkPoint(key: string, body: Readonly<Record<string, unknown>>): void {
    const [site = "", point, more] = key.split("/");
    const path = ["points", key];
    if (point === undefined || more !== undefined) {
      this.#addAtKey(path, "a point is written as site/point");
      return;
    }
    const problem = nameProblem(point);
    if (problem) this.#addAtKey(path, `the point's name ${problem}`);
    if (!this.#sites.has(site)) {
      const known = [...this.#sites.keys()];
      this.#addAtKey(
        path,
        `${shown(site)} is not a site${didYouMean(site, known) || (known.length > 0 ? `; there are ${known.join(", ")}` : "")}`,
      );
    }
    const facts = Array.isArray(body["facts"]) ? body["facts"] : [];
    for (const [i, fact] of facts.entries()) {
      const from = isMap(fact) ? fact["from"] : undefined;
      if (typeof from === "string" && factStart(from, this.#sites.get(site)?.["zone"]) === undefined) {
        this.#add([...path, "facts", i, "from"], `${shown(from)} is not a date or instant; write 2025-01-01 or 2025-01-01T06:00:00Z`);
      }
      if (isMap(fact) && fact["pulsesPerKwh"] !== undefined && fact["kwhPerPulse"] !== undefined) {
        this.#add([...path, "facts", i, "kwhPerPulse"], "pulsesPerKwh says the same the other way round; keep one of the two");
      }
    }
  }

  #checkSections(content: unknown): void {
    if (!isMap(content)) return;
    if (isMap(content["brokers"]) && typeof content["mqtt"] === "string") {
      this.#add(["mqtt"], "brokers are listed as well; keep either the list or mqtt");
    }
    const embedded = isMap(content["broker"]) ? content["broker"] : {};
    if (embedded["requireCredentials"] === false && typeof embedded["listen"] === "string" && !isLoopback(embedded["listen"])) {
      this.#add(
        ["broker", "requireCredentials"],
        "beyond this computer our broker asks for credentials; create them with: wattkeep token create --device NAME",
      );
    }
  }
}

function readsFiles({ file, readings }: Dialect): boolean {
  return file !== undefined || readings !== undefined;
}

/** The instant from which a fact holds: a local midnight, or an instant with its offset. Missing: undefined where it is neither. */
export function factStart(from: string, zone: unknown): number | undefined {
  const time = readTime(from);
  if (time) return instantOf(time);
  return dateStart(from, zoneNamed(typeof zone === "string" && isZone(zone) ? zone : "UTC"));
}

/** Whether an address to listen on is reached from this computer alone. */
export function isLoopback(listen: string): boolean {
  return /^(127\.[\d.]+|localhost|\[::1\])?:\d+$/.test(listen);
}

function entriesOf(content: unknown, section: string): Entries {
  const map = isMap(content) ? content[section] : undefined;
  return isMap(map) ? Object.entries(map).filter((entry): entry is [string, Record<string, unknown>] => isMap(entry[1])) : [];
}
