import { quoted } from "#dialects/text.ts";
import type { RejectItem } from "#readings/reading.ts";
import { readXml, type XmlElement } from "./xml.ts";

/** A value as an element tells it. */
export interface ObixValue {
  /** `real`, `int`, `bool`, `enum`, `str` … */
  readonly type: string;
  /** Missing: undefined where the element says that it is null, or nothing. */
  readonly val: string | undefined;
  readonly unit: string;
  /** oBIX' word: `down`, `overridden`. */
  readonly status: string;
}

export interface ObixTime {
  readonly val: string;
  readonly tz: string;
}

/** A record of a history. Missing: parts it does not have. */
export interface ObixRecord {
  readonly time: ObixTime | undefined;
  readonly value: ObixValue | undefined;
}

/** A record of a rollup: what a station made of the records of a span. */
export interface ObixRollup {
  readonly start: ObixTime | undefined;
  readonly end: ObixTime | undefined;
  readonly values: ReadonlyMap<string, ObixValue>;
}

export interface ObixRef {
  readonly name: string;
  readonly href: string;
  readonly display: string;
  readonly is: string;
}

/** What a station answered, whatever the status it was sent with. */
export type ObixAnswer =
  | { readonly kind: "error"; readonly contract: string; readonly sentence: string }
  | { readonly kind: "unreadable"; readonly reject: RejectItem }
  | { readonly kind: "records"; readonly records: readonly ObixRecord[]; readonly told: number | undefined }
  | { readonly kind: "rollup"; readonly rollups: readonly ObixRollup[] }
  | { readonly kind: "object"; readonly refs: readonly ObixRef[]; readonly is: string };

/** Reads an answer of oBIX. An error sent with status 200 is an error. Never throws. */
export function readObix(body: Uint8Array): ObixAnswer {
  const root = readXml(body);
  if ("code" in root) return { kind: "unreadable", reject: root };
  const is = attribute(root, "is");
  const contract = /\b(?:obix:)?\w*Err\b/.exec(is)?.[0];
  if (root.name === "err" || contract !== undefined) return errorOf(root, contract);
  const list = dataOf(root);
  if (list === undefined) return { kind: "object", refs: refsOf(root), is };
  if (/HistoryRollup/.test(`${is} ${attribute(list, "of")}`)) return { kind: "rollup", rollups: list.children.map(rollupOf) };
  const shape = shapeOf(root, list);
  const told = Number(root.children.find((child) => attribute(child, "name") === "count")?.attributes.get("val") ?? Number.NaN);
  const records = list.children.filter((child) => attribute(child, "href") === "").map((child) => recordOf(child, shape));
  return { kind: "records", records, told: Number.isInteger(told) ? told : undefined };
}

function errorOf(root: XmlElement, contract = "obix:err"): ObixAnswer {
  const said = [attribute(root, "display"), attribute(root, "displayName"), attribute(root, "val")].find((text) => text !== "");
  const what = said === undefined ? contract : quoted(said);
  return { kind: "error", contract, sentence: `The station answers with an error: ${what}.` };
}

function attribute({ attributes }: XmlElement, name: string): string {
  return attributes.get(name) ?? "";
}

/** The list of records: the one called data, or the only one that is of records. */
function dataOf(root: XmlElement): XmlElement | undefined {
  const lists = root.name === "list" ? [root] : root.children.filter(({ name }) => name === "list");
  return lists.find((list) => attribute(list, "name") === "data") ?? lists.find((list) => /Record|RecordDef/.test(attribute(list, "of")));
}

function refsOf(root: XmlElement): ObixRef[] {
  return root.children
    .filter(({ name }) => name === "ref")
    .map((ref) => ({
      name: attribute(ref, "name"),
      href: attribute(ref, "href"),
      display: attribute(ref, "displayName") || attribute(ref, "display"),
      is: attribute(ref, "is"),
    }));
}

/** What a history says once for all its records: zone and unit. */
interface Shape {
  readonly tz: string;
  readonly unit: string;
}

function shapeOf(root: XmlElement, list: XmlElement): Shape {
  const prototype = [...root.children, ...list.children].find(
    (child) => child.name === "obj" && /#RecordDef$/.test(attribute(child, "href")),
  );
  const time = prototype?.children.find(({ name }) => name === "abstime") ?? root.children.find(({ name }) => name === "abstime");
  const value = prototype?.children.find(({ name }) => VALUES.has(name));
  return { tz: time === undefined ? "" : attribute(time, "tz"), unit: value === undefined ? "" : attribute(value, "unit") };
}

const VALUES = new Set(["real", "int", "bool", "enum", "str"]);

/** Records of other systems carry no names: the type of an element tells time from value. */
function recordOf(record: XmlElement, shape: Shape): ObixRecord {
  const { children } = record;
  const time = children.find((child) => child.name === "abstime" && ["timestamp", ""].includes(attribute(child, "name")));
  const named = children.find((child) => attribute(child, "name") === "value");
  const value = named ?? children.find((child) => VALUES.has(child.name) && attribute(child, "name") === "");
  return {
    time: time && timeOf(time, shape),
    value: value && toldValue(value, { unit: shape.unit, status: attribute(record, "status") }),
  };
}

function timeOf(element: XmlElement, shape: Pick<Shape, "tz">): ObixTime {
  return { val: attribute(element, "val"), tz: attribute(element, "tz") || shape.tz };
}

function toldValue(element: XmlElement, { unit, status }: { unit: string; status: string }): ObixValue {
  const isNull = [attribute(element, "null"), attribute(element, "isNull")].includes("true");
  return {
    type: element.name,
    val: isNull ? undefined : element.attributes.get("val"),
    unit: attribute(element, "unit") || unit,
    status: attribute(element, "status") || status,
  };
}

function rollupOf(record: XmlElement): ObixRollup {
  const child = (name: string): XmlElement | undefined => record.children.find((one) => attribute(one, "name") === name);
  const [start, end] = [child("start"), child("end")];
  const values = record.children
    .filter(({ name }) => VALUES.has(name))
    .map((one) => [attribute(one, "name"), toldValue(one, NOTHING)] as const);
  return { start: start && timeOf(start, NO_ZONE), end: end && timeOf(end, NO_ZONE), values: new Map(values) };
}

const NOTHING = { unit: "", status: "" } as const;
const NO_ZONE = { tz: "" } as const;
