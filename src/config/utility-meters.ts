import { sameDimension } from "#units/unit.ts";
import type { Path } from "./document.ts";
import { STILL_FROM } from "./meters.ts";
import { didYouMean } from "./suggest.ts";
import type { Built } from "./utility-built.ts";
import type { ReadFile } from "./utility-files.ts";
import type { UtilityMeter, UtilityMeters, UtilityPatterns } from "./utility-schema.ts";

interface MetersHouse {
  readonly built: Built;
  readonly file: ReadFile<UtilityMeters>;
  /** The site they are at; left out, the only one. */
  readonly site: string | undefined;
}

type Master = Extract<UtilityMeter, { type: "master" }>;
type Virtual = Extract<UtilityMeter, { type: "virtual" }>;
type Row = Readonly<Record<string, unknown>>;

/** What a name or description speaks of, the first that fits. Gas comes before the heat that is made of it. */
const MEDIA = [
  ["gas", /gas/i],
  ["water", /wasser|water/i],
  ["solar", /solar|photovolt|(^|_)pv(_|$)/i],
  ["heat", /heat|heiz|w(ä|ae)rme/i],
  ["electricity", /strom|electric|power/i],
] as const;
/** Floors that names begin with. */
const GROUP = /^(eg|ug|kg|dg|og\d*|\d+_?og)_/i;

/** Adds the meters of `meters.yaml` that our own file does not say itself. */
export function addMeters(house: MetersHouse): void {
  const { built, file } = house;
  const seen = new Map<string, number>();
  for (const [i, meter] of (file.content.meters ?? []).entries()) {
    const other = seen.get(meter.meter_id);
    if (other !== undefined)
      built.problem(
        { document: file.document, at: ["meters", i, "meter_id"] },
        `${meter.meter_id} is there already, as meter ${other + 1} of this file`,
      );
    else if (built.at(["meters", meter.meter_id]) === undefined) addMeter(house, i, meter);
    if (other === undefined) seen.set(meter.meter_id, i);
  }
  for (const [i, meter] of (file.content.meters ?? []).entries()) addUnsaid(house, i, meter);
}

function addMeter({ built, file, site }: MetersHouse, i: number, meter: UtilityMeter): void {
  const { document } = file;
  const theirs: Path = ["meters", i];
  const ours = ["meters", meter.meter_id];
  const add = (key: string, value: unknown, key_: string): void => {
    if (value !== undefined && value !== null && value !== "") built.put([...ours, key], value, { document, at: [...theirs, key_] });
  };
  built.put(ours, {}, { document, at: theirs });
  if (site !== undefined) built.put([...ours, "site"], site);
  add("name", nameOf(meter.meter_id), "meter_id");
  add("unit", meter.output_unit, "output_unit");
  add("medium", mediumOf(meter), "meter_id");
  add("group", GROUP.exec(meter.meter_id)?.[1]?.toUpperCase(), "meter_id");
  add("description", meter.description, "description");
  add("installed", meter.installation_date, "installation_date");
  add("removed", meter.deinstallation_date, "deinstallation_date");
  if (meter.type === "master") addPeriods({ built, file, site }, i, meter);
  if (meter.type === "virtual") addFormula({ built, file, site }, i, meter);
}

/** `og1_wasser_kalt` → `OG1 Wasser kalt`. Missing: undefined where no floor is named; such names read well as they are. */
function nameOf(id: string): string | undefined {
  const floor = GROUP.exec(id);
  if (!floor?.[1]) return undefined;
  const rest = id.slice(floor[0].length).replaceAll("_", " ");
  return rest === "" ? undefined : `${floor[1].toUpperCase()} ${rest.replace(/^./, (first) => first.toUpperCase())}`;
}

function mediumOf(meter: UtilityMeter): string | undefined {
  const parts =
    meter.type === "virtual" ? [meter.base_meter] : meter.type === "master" ? meter.periods.flatMap((period) => period.source_meters) : [];
  const text = [meter.meter_id, meter.description ?? "", ...parts].join(" ");
  const isVolume = sameDimension(meter.output_unit, "m³");
  return MEDIA.find(([medium, words]) => words.test(text) && (isVolume ? medium === "gas" || medium === "water" : medium !== "water"))?.[0];
}

function addPeriods({ built, file: { document } }: MetersHouse, i: number, meter: Master): void {
  const ours = ["meters", meter.meter_id, "periods"];
  const rows = meter.periods.map((period, j): Row => {
    const single = period.composition_type === "single" && period.source_meters.length > 1;
    if (single)
      built.warn(
        { document, at: ["meters", i, "periods", j, "source_meters"] },
        `a single period counts ${period.source_meters[0]} alone, as it did; write sum to add them up`,
      );
    return {
      from: period.start_date,
      ...(period.end_date >= STILL_FROM ? {} : { to: period.end_date }),
      sources: single ? period.source_meters.slice(0, 1) : period.source_meters,
    };
  });
  built.put(ours, rows, { document, at: ["meters", i, "periods"] });
  for (const j of rows.keys())
    for (const [our, their] of [
      ["from", "start_date"],
      ["to", "end_date"],
      ["sources", "source_meters"],
    ] as const)
      built.written([...ours, j, our], { document, at: ["meters", i, "periods", j, their] });
}

function addFormula({ built, file: { document } }: MetersHouse, i: number, meter: Virtual): void {
  const formula = [meter.base_meter, ...meter.subtract_meters].join(" - ");
  built.put(["meters", meter.meter_id, "formula"], formula, { document, at: ["meters", i, "base_meter"] });
}

/** A meter that is only named by others was found by its readings: it is one in the unit they say. */
function addUnsaid({ built, file, site }: MetersHouse, i: number, meter: UtilityMeter): void {
  for (const { name, unit, at } of partsOf(i, meter)) {
    const known = built.at(["meters", name]);
    const { document } = file;
    if (known === undefined) {
      const names = (file.content.meters ?? []).map(({ meter_id }) => meter_id);
      built.warn({ document, at }, `${name} is not among the meters, and is taken as one that counts ${unit}${didYouMean(name, names)}`);
      built.put(["meters", name], { unit, ...(site === undefined ? {} : { site }) }, { document, at });
      continue;
    }
    const own = (known as Row)["unit"];
    if (typeof own === "string" && !sameDimension(own, unit))
      built.warn({ document, at }, `says that ${name} counts ${unit}; its own ${own} holds`);
  }
}

function partsOf(i: number, meter: UtilityMeter): { name: string; unit: string; at: Path }[] {
  if (meter.type === "master")
    return meter.periods.flatMap((period, j) =>
      period.source_meters.map((name) => ({
        name,
        unit: period.source_unit ?? meter.output_unit,
        at: ["meters", i, "periods", j, "source_meters"],
      })),
    );
  if (meter.type === "physical") return [];
  const conversions = meter.subtract_meter_conversions ?? {};
  return [
    { name: meter.base_meter, unit: meter.output_unit, at: ["meters", i, "base_meter"] },
    ...meter.subtract_meters.map((name) => ({
      name,
      unit: conversions[name]?.from_unit ?? meter.output_unit,
      at: ["meters", i, "subtract_meters"],
    })),
  ];
}

/** Adds the months of `seasonal_patterns.yaml` to the meters that have none of their own. */
export function addPatterns(built: Built, { document, content }: ReadFile<UtilityPatterns>): void {
  for (const [name, { monthly_percentages }] of Object.entries(content.patterns ?? {})) {
    const at = ["patterns", name];
    const meters = built.at(["meters"]);
    const names = typeof meters === "object" && meters !== null ? Object.keys(meters) : [];
    if (!names.includes(name))
      built.warn({ document, at }, `there is no such meter, and the months are left out${didYouMean(name, names)}`);
    else if (built.at(["meters", name, "pattern"]) === undefined)
      built.put(["meters", name, "pattern"], monthly_percentages, { document, at: [...at, "monthly_percentages"] });
  }
}
