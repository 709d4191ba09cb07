import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { PeriodRule } from "#calendar/periods.ts";
import { parsePlan } from "#tariffs/parse-plan.ts";
import type { Plan } from "#tariffs/plan.ts";
import { planSchema } from "#tariffs/plan-schema.ts";
import type { TariffConfig } from "./config.ts";
import { ConfigDocument, type Path } from "./document.ts";
import { issuesOf, problemAt } from "./issues.ts";
import type { Problem } from "./problem.ts";
import { didYouMean } from "./suggest.ts";
import { nameProblem, shown } from "./values.ts";
import { type Body, isMap } from "./written.ts";

/** What tariffs are judged against. */
export interface TariffHouse {
  readonly document: ConfigDocument;
  /** Folder that paths of plans start from. */
  readonly folder: string;
}

/**
 * The tariffs of a configuration, each with its plan, which may stand in a file of its own.
 * Errors: every problem of every row and of every plan, with its file and line.
 */
export function readTariffs(content: unknown, house: TariffHouse): { tariffs: TariffConfig[]; problems: Problem[] } {
  const reader = new TariffReader(content, house);
  return { tariffs: reader.tariffs, problems: reader.problems };
}

class TariffReader {
  readonly tariffs: TariffConfig[] = [];
  readonly problems: Problem[] = [];
  readonly #house: TariffHouse;
  readonly #files = new Map<string, Plan | undefined>();
  readonly #sites: Body;

  constructor(content: unknown, house: TariffHouse) {
    this.#house = house;
    const sites = isMap(content) ? content["sites"] : undefined;
    this.#sites = isMap(sites) ? sites : {};
    const rows = isMap(content) ? content["tariffs"] : undefined;
    for (const [i, row] of Array.isArray(rows) ? rows.entries() : []) if (isMap(row)) this.#row(i, row);
    this.#together();
  }

  #add(path: Path, sentence: string): void {
    this.problems.push(problemAt({ document: this.#house.document, at: [] }, path, sentence));
  }

  #row(i: number, row: Body): void {
    const before = this.problems.length;
    const at = ["tariffs", i];
    const [site, point] = this.#place(at, row["point"]);
    const billing = this.#billing(at, row);
    const plan = this.#plan(at, row["plan"]);
    if (plan !== undefined && site !== undefined) this.#currency(at, site, plan);
    if (plan === undefined || site === undefined || point === undefined || this.problems.length > before) return;
    const written = row["plan"];
    const validFrom = row["validFrom"];
    const { document } = this.#house;
    this.tariffs.push({
      site,
      point,
      plan,
      ...(typeof written === "string" ? { planFile: written } : {}),
      ...(typeof validFrom === "string" ? { validFrom } : {}),
      ...(billing === undefined ? {} : { billing }),
      declared: { file: document.file, line: document.positionOf(at).line },
    });
  }

  #place(at: Path, given: unknown): [string, string] | [] {
    if (typeof given !== "string") return [];
    const [site = "", point, more] = given.split("/");
    const path = [...at, "point"];
    if (point === undefined || more !== undefined) {
      this.#add(path, "a point is written as site/point");
      return [];
    }
    const known = Object.keys(this.#sites);
    if (!known.includes(site))
      this.#add(
        path,
        `${shown(site)} is not a site${didYouMean(site, known) || (known.length > 0 ? `; there are ${known.join(", ")}` : "")}`,
      );
    const problem = nameProblem(point);
    if (problem) this.#add(path, `the point's name ${problem}`);
    return [site, point];
  }

  /** One rule cuts the periods; read dates ascend. */
  #billing(at: Path, row: Body): PeriodRule | undefined {
    const said = (["anchor", "readDates", "calendar"] as const).filter((key) => row[key] !== undefined && row[key] !== false);
    for (const key of said.slice(1)) this.#add([...at, key], `${said[0]} cuts the periods already; keep one of the two`);
    const { anchor, readDates } = row;
    if (Array.isArray(readDates)) {
      const unordered = readDates.findIndex((date, i) => i > 0 && String(date) <= String(readDates[i - 1]));
      if (unordered > 0) this.#add([...at, "readDates", unordered], "read dates are listed in their order, each once");
      return { kind: "listed", readDates: readDates.map(String) };
    }
    if (typeof anchor === "string") return { kind: "anchored", anchor };
    return row["calendar"] === true ? { kind: "calendar" } : undefined;
  }

  #plan(at: Path, given: unknown): Plan | undefined {
    if (typeof given === "string") return this.#planFile([...at, "plan"], given);
    return isMap(given) ? this.#judged(given, this.#house.document, [...at, "plan"]) : undefined;
  }

  /** A file that two rows name is read, and complained about, once. */
  #planFile(at: Path, written: string): Plan | undefined {
    if (this.#files.has(written)) return this.#files.get(written);
    const text = textOf(resolve(this.#house.folder, written));
    if (text === undefined) {
      this.#add(at, `the plan ${shown(written)} cannot be read; its path is relative to this file`);
      return undefined;
    }
    // JSON is YAML too, and this reader knows the line of every value.
    const document = new ConfigDocument(written, text);
    this.problems.push(...document.problems);
    const plan = document.problems.length > 0 ? undefined : this.#judged(document.content(), document, []);
    this.#files.set(written, plan);
    return plan;
  }

  #judged(content: unknown, document: ConfigDocument, at: Path): Plan | undefined {
    const shape = planSchema.safeParse(content);
    if (!shape.success) {
      this.problems.push(...issuesOf(shape.error.issues, { document, schema: planSchema, content, at }));
      return undefined;
    }
    const parsed = parsePlan(content);
    if ("plan" in parsed) return parsed.plan;
    for (const { path, problem } of parsed.problems) this.problems.push(problemAt({ document, at }, steps(path), problem));
    return undefined;
  }

  #currency(at: Path, site: string, plan: Plan): void {
    const body = this.#sites[site];
    const currency = isMap(body) ? (body["currency"] ?? "EUR") : plan.currency;
    if (currency !== plan.currency)
      this.#add(
        [...at, "plan"],
        `the plan is in ${plan.currency} and the site's currency is ${String(currency)}; set currency of the site`,
      );
  }

  /** Tariffs of one point follow one another, and its periods are cut by one rule. */
  #together(): void {
    const seen = new Map<string, { readonly from: Set<string>; billing?: PeriodRule }>();
    for (const { site, point, validFrom = "", billing, declared } of this.tariffs) {
      const key = `${site}/${point}`;
      const before = seen.get(key) ?? { from: new Set<string>() };
      const place = { file: this.#house.document.file, ...(declared === undefined ? {} : { line: declared.line, column: 1 }) };
      if (before.from.has(validFrom)) {
        const since = validFrom === "" ? "from the beginning" : `from ${validFrom}`;
        this.problems.push({
          ...place,
          sentence: `tariffs: ${key} has two plans that are valid ${since}; give one of them another validFrom`,
        });
      }
      if (billing !== undefined && before.billing !== undefined && JSON.stringify(billing) !== JSON.stringify(before.billing))
        this.problems.push({ ...place, sentence: `tariffs: the periods of ${key} are cut by another rule above; a point has one` });
      before.from.add(validFrom);
      seen.set(key, {
        from: before.from,
        ...(billing === undefined ? (before.billing === undefined ? {} : { billing: before.billing }) : { billing }),
      });
    }
  }
}

/** `versions.0.components` as steps. */
function steps(path: string): Path {
  return path === "" ? [] : path.split(".").map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch {
    return undefined;
  }
}
