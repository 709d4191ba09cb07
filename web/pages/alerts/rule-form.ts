import type { AlertRule } from "#contract/alerts.ts";
import { durationText, parseDuration } from "./durations.ts";
import { KIND_WORDS } from "./words.ts";

const YEAR_MS = 31_536_000_000;
const MINUTE_MS = 60_000;

/** What the fields hold, as it was typed. Fields a kind does not have are kept while another kind is tried. */
export interface RuleForm {
  readonly kind: AlertRule["kind"];
  /** Of the rule that is changed; left out for a new one. */
  readonly id?: string;
  readonly name: string;
  readonly severity: AlertRule["severity"];
  readonly channels: readonly string[];
  readonly repeat: string;
  readonly enabled: boolean;
  /** Source, series, home, plant or job; empty while none is chosen. */
  readonly subject: string;
  readonly above: string;
  readonly below: string;
  readonly hysteresis: string;
  readonly forTime: string;
  readonly after: string;
  readonly over: string;
  readonly fewerThan: string;
  readonly targetKw: string;
  readonly notBefore: string;
  readonly lead: string;
  readonly watch: MeterWatch;
  readonly withinDays: string;
}

export type MeterWatch = Extract<AlertRule, { kind: "meter" }>["watch"];

export type Field = Exclude<keyof RuleForm, "kind" | "id" | "severity" | "channels" | "enabled" | "watch">;
export type Problems = Readonly<Partial<Record<Field, string>>>;

const EMPTY: RuleForm = {
  ...{ kind: "stale", name: "", severity: "warning", channels: [], repeat: "", enabled: true, subject: "", above: "", below: "" },
  ...{ hysteresis: "", forTime: "", after: "", over: "1 h", fewerThan: "300", targetKw: "", notBefore: "3 min", lead: "2 min" },
  ...{ watch: "leak", withinDays: "365" },
};

/** The fields of a new rule: told by every channel, because who makes a rule wants to hear of it. */
export function newForm(channels: readonly string[]): RuleForm {
  return { ...EMPTY, channels };
}

/** The fields of a rule there is. */
export function formOf(rule: AlertRule): RuleForm {
  const any = { ...EMPTY, kind: rule.kind, id: rule.id, name: rule.name, severity: rule.severity, channels: rule.channels };
  const form: RuleForm = { ...any, enabled: rule.enabled, repeat: rule.repeatMs === undefined ? "" : durationText(rule.repeatMs) };
  switch (rule.kind) {
    case "stale":
      return { ...form, subject: rule.source, after: rule.afterMs === undefined ? "" : durationText(rule.afterMs) };
    case "thinning":
      return { ...form, subject: rule.of, over: durationText(rule.overMs), fewerThan: String(rule.fewerThan) };
    case "threshold":
      return { ...form, subject: rule.series, ...limits(rule), forTime: rule.forMs === 0 ? "" : durationText(rule.forMs) };
    case "price":
      return { ...form, subject: rule.series, ...limits(rule) };
    case "demand":
      return {
        ...form,
        subject: rule.plant,
        targetKw: optional(rule.targetKw),
        notBefore: durationText(rule.notBeforeMs),
        lead: durationText(rule.leadMs),
        hysteresis: rule.hysteresisKw === 0 ? "" : String(rule.hysteresisKw),
      };
    case "job":
      return { ...form, subject: rule.job };
    case "meter":
      return { ...form, subject: rule.meter, watch: rule.watch, withinDays: String(rule.withinDays) };
  }
}

function limits(rule: { above?: number | undefined; below?: number | undefined; hysteresis: number }) {
  return { above: optional(rule.above), below: optional(rule.below), hysteresis: rule.hysteresis === 0 ? "" : String(rule.hysteresis) };
}

const optional = (value: number | undefined): string => (value === undefined ? "" : String(value));

/** The rule the fields say, or what is wrong with them, by field. `taken` are ids of other rules. */
export function ruleOf(form: RuleForm, taken: ReadonlySet<string>): { readonly rule?: AlertRule; readonly problems: Problems } {
  const read = new Reader(form);
  const name = form.name.trim() || read.problem("name", "Give it a name.");
  const subject = form.subject || read.problem("subject", "Choose what it watches.");
  const repeatMs = read.time("repeat");
  const common = {
    id: form.id ?? idFor(name, taken),
    ...{ name, severity: form.severity, channels: [...form.channels], enabled: form.enabled },
    ...(repeatMs === undefined ? {} : { repeatMs }),
  };
  const rule = ruleOfKind(form, subject, { read, common });
  return Object.keys(read.problems).length === 0 ? { rule, problems: {} } : { problems: read.problems };
}

interface Parts {
  readonly read: Reader;
  readonly common: Pick<AlertRule, "id" | "name" | "severity" | "channels" | "enabled" | "repeatMs">;
}

function ruleOfKind({ kind, watch }: Pick<RuleForm, "kind" | "watch">, subject: string, { read, common }: Parts): AlertRule {
  switch (kind) {
    case "stale": {
      const afterMs = read.time("after");
      return { ...common, kind, source: subject, ...(afterMs === undefined ? {} : { afterMs }) };
    }
    case "thinning":
      return { ...common, kind, of: subject, overMs: read.neededTime("over"), fewerThan: read.count("fewerThan") };
    case "threshold":
      return { ...common, kind, series: subject, ...read.limits(), forMs: read.time("forTime") ?? 0 };
    case "price":
      return { ...common, kind, series: subject, ...read.limits() };
    case "demand": {
      const targetKw = read.number("targetKw");
      if (targetKw !== undefined && targetKw <= 0) read.problem("targetKw", "A target is more than 0 kW.");
      const times = { notBeforeMs: read.time("notBefore") ?? 0, leadMs: read.time("lead") ?? 0 };
      return {
        ...common,
        kind,
        plant: subject,
        ...(targetKw === undefined ? {} : { targetKw }),
        ...times,
        hysteresisKw: read.hysteresis(),
      };
    }
    case "job":
      return { ...common, kind, job: subject };
    case "meter":
      return { ...common, kind, meter: subject, watch, withinDays: watch === "calibration" ? read.count("withinDays") : 365 };
  }
}

/** Reads what was typed and remembers what it could not read. */
class Reader {
  readonly #form: RuleForm;
  readonly problems: Partial<Record<Field, string>> = {};

  constructor(form: RuleForm) {
    this.#form = form;
  }

  problem(field: Field, sentence: string): string {
    this.problems[field] ??= sentence;
    return "";
  }

  time(field: "repeat" | "after" | "over" | "forTime" | "notBefore" | "lead"): number | undefined {
    const text = this.#form[field].trim();
    if (text === "") return undefined;
    const ms = parseDuration(text);
    if (ms === undefined) this.problem(field, "Write a length of time, such as 10 min or 1 h 30 min.");
    else if (ms > YEAR_MS) this.problem(field, "A year at most.");
    else if (ms < MINUTE_MS && (field === "repeat" || field === "over")) this.problem(field, "A minute at least.");
    return ms;
  }

  neededTime(field: "over"): number {
    const ms = this.time(field);
    if (ms === undefined) this.problem(field, "Write a length of time, such as 1 h.");
    return ms ?? 0;
  }

  number(field: "above" | "below" | "hysteresis" | "targetKw"): number | undefined {
    const text = this.#form[field].trim();
    if (text === "") return undefined;
    const value = /^[-−]?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(",", ".").replace("−", "-")) : plain(text);
    if (!Number.isFinite(value)) this.problem(field, "Write a number, such as 4.5.");
    return value;
  }

  count(field: "fewerThan" | "withinDays"): number {
    const text = this.#form[field].trim();
    if (!/^[1-9]\d{0,8}$/.test(text)) this.problem(field, "Write a whole number, 1 or more.");
    return Number(text);
  }

  hysteresis(): number {
    const value = this.number("hysteresis") ?? 0;
    if (value < 0) this.problem("hysteresis", "0 or more.");
    return value;
  }

  limits(): { above?: number; below?: number; hysteresis: number } {
    const above = this.number("above");
    const below = this.number("below");
    if (above === undefined && below === undefined) this.problem("above", "Say above what, below what, or both.");
    if (above !== undefined && below !== undefined && below >= above) this.problem("below", "This has to be less than the upper limit.");
    return { ...(above === undefined ? {} : { above }), ...(below === undefined ? {} : { below }), hysteresis: this.hysteresis() };
  }
}

/** What JavaScript writes of very large and very small numbers. */
const plain = (text: string): number => (/^-?\d+(\.\d+)?e[+-]?\d+$/.test(text) ? Number(text) : Number.NaN);

/** "Grid above 4 kW" as `grid-above-4-kw`; with a number behind it where that is taken. */
export function idFor(name: string, taken: ReadonlySet<string>): string {
  const words = name
    .normalize("NFD")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 70)
    .replace(/^-+|-+$/g, "");
  const base = words || "rule";
  if (!taken.has(base)) return base;
  for (let number = 2; ; number += 1) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`;
}

/** A name for a rule nobody named yet: "Grid, power above 4 kW". */
export function nameFor(form: Pick<RuleForm, "kind" | "above" | "below">, title: string, unit: string): string {
  if (title === "") return KIND_WORDS[form.kind];
  return `${title} ${endOf(form, unit === "" ? "" : ` ${unit}`)}`.slice(0, 120);
}

function endOf({ kind, above, below }: Pick<RuleForm, "kind" | "above" | "below">, unit: string): string {
  switch (kind) {
    case "stale":
      return "silent";
    case "thinning":
      return "thinning";
    case "demand":
      return "peak";
    case "job":
      return "failed";
    case "meter":
      return "worth a look";
    case "threshold":
    case "price": {
      const said = [
        ...(above.trim() === "" ? [] : [`above ${above.trim()}${unit}`]),
        ...(below.trim() === "" ? [] : [`below ${below.trim()}${unit}`]),
      ];
      return said.length === 0 ? "at its limit" : said.join(" or ");
    }
  }
}
