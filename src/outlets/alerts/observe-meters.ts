import type { Observation } from "#alerts/alert.ts";
import type { MeterRule } from "#alerts/rule.ts";
import type { AnomalyRow, MeterSummary } from "#reports/meter-answers.ts";
import type { Views } from "./views.ts";

/** What is found out about meters holds for so long: leaks last for days, and most meters are read more rarely. */
const LOOK_MS = 60_000;
/** A leak that began earlier is told all the same; one that is over is none. */
const LEAK_DAYS = 400;
const DAY_MS = 86_400_000;
/** Readings come late. */
const STILL_MS = 3 * 3_600_000;

interface Seen {
  readonly meter: MeterSummary;
  /** That lasts, and that nobody called usual. */
  readonly leak: AnomalyRow | undefined;
}

/** What of meters a person should look at. */
export class MeterWatcher {
  readonly #views: Pick<Views, "meters" | "nowMs">;
  #known: { readonly atMs: number; readonly seen: Promise<readonly Seen[]> } | undefined;

  constructor(views: Pick<Views, "meters" | "nowMs">) {
    this.#views = views;
  }

  async observe(rule: MeterRule): Promise<Observation[]> {
    const seen = await this.#seen();
    return seen
      .filter(({ meter: { settings, standing } }) => standing !== "ended" && (rule.meter === "*" || settings.id === rule.meter))
      .filter((one) => isWatched(one, rule))
      .map((one) => observationOf(one, rule));
  }

  /** Names of meters by id. */
  names(): (readonly [id: string, name: string])[] {
    return (this.#views.meters?.() ?? []).flatMap(({ settings }) => settings.meters.map(({ id, name }) => [id, name] as const));
  }

  #seen(): Promise<readonly Seen[]> {
    const nowMs = this.#views.nowMs();
    const known = this.#known;
    if (known !== undefined && nowMs - known.atMs < LOOK_MS && nowMs >= known.atMs) return known.seen;
    const seen = this.#look(nowMs);
    this.#known = { atMs: nowMs, seen };
    seen.catch(() => {
      this.#known = undefined;
    });
    return seen;
  }

  async #look(nowMs: number): Promise<Seen[]> {
    const all = await Promise.all(
      (this.#views.meters?.() ?? []).map(async (site) => {
        const meters = await site.list();
        const anomalies = await site.anomalies({ fromMs: nowMs - LEAK_DAYS * DAY_MS, toMs: nowMs + DAY_MS, simple: false });
        return meters.map((meter): Seen => ({ meter, leak: leakOf(meter, anomalies) }));
      }),
    );
    return all.flat();
  }
}

function leakOf({ settings, lastMs = Number.NEGATIVE_INFINITY }: MeterSummary, anomalies: readonly AnomalyRow[]): AnomalyRow | undefined {
  return anomalies.find(
    ({ meter, rule, toMs, dismissed }) => meter === settings.id && rule === "leak" && dismissed === undefined && toMs > lastMs - STILL_MS,
  );
}

/** Of a rule for all, only meters it can say something of. */
function isWatched({ meter }: Seen, { watch, meter: named }: MeterRule): boolean {
  if (named !== "*") return true;
  const { medium, what } = meter.settings;
  if (watch === "leak") return what.kind === "physical" && (medium === "water" || medium === "gas");
  if (watch === "calibration") return !Number.isNaN(meter.calibrationDays);
  return watch === "due" ? meter.dueMs !== undefined : what.kind === "physical";
}

function observationOf(seen: Seen, { watch, withinDays }: MeterRule): Observation {
  const { settings, lastMs = Number.NaN, standing } = seen.meter;
  const told = toldOf(seen, watch, withinDays);
  const value = standing === "broken" && told === undefined ? Number.NaN : told === undefined ? 0 : 1;
  const sentence = told === undefined ? {} : { sentence: told };
  return { subject: settings.id, title: settings.name, value, unit: "", tMs: lastMs, ...sentence };
}

/** Why it is told, in words. Missing: undefined where it is not. */
function toldOf({ meter, leak }: Seen, watch: MeterRule["watch"], withinDays: number): string | undefined {
  const { because, standing, openEvents, calibrationDays } = meter;
  switch (watch) {
    case "leak":
      return leak?.sentence;
    case "implausible":
      return openEvents > 0 ? (because === "" ? `${openEvents} readings wait for a decision.` : because) : undefined;
    case "due":
      return standing === "due" ? because : undefined;
    case "calibration":
      if (!(calibrationDays <= withinDays)) return undefined;
      return calibrationDays < 0
        ? "Its calibration has ended: what it counts may not be billed."
        : `Its calibration ends in ${calibrationDays} days: have it replaced or calibrated by then.`;
  }
}
