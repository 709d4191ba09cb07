import type { Actions } from "#api/actions.ts";
import type { Spacing } from "#api/spacing.ts";
import type { PlantInfo } from "#contract/plant.ts";
import type { PlantSource } from "#reports/plant-settings.ts";
import { RANKS } from "#series/ladder.ts";
import type { Registry, Series } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import { anchorOf } from "./bills.ts";
import type { Clocks } from "./clocks.ts";
import type { PlantDesk } from "./desk.ts";
import { figure, orNull } from "./wire.ts";

const MINUTES_PER_HOUR = 60;
const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;

export interface ListDeps {
  readonly store: Store;
  readonly actions: Pick<Actions, "sources">;
  readonly spacing: Spacing;
  readonly clocks: Clocks;
  readonly nowMs: () => number;
}

/** What a plant is: its sources, its tariff, and what is not set yet. */
export async function plantInfo(desk: PlantDesk, deps: ListDeps): Promise<PlantInfo> {
  const { settings } = desk.reports;
  const registry = await deps.store.registry();
  const pulsesPerKwh = pulsesPerKwhOf(desk, registry, deps.nowMs());
  const version = settings.plan?.versions.at(-1);
  return {
    id: desk.id,
    key: desk.key,
    site: settings.site,
    siteName: settings.siteName,
    point: settings.point,
    name: settings.name,
    zone: settings.zone,
    currency: settings.currency,
    intervalMinutes: settings.intervalMinutes,
    pulsesPerKwh: figure(pulsesPerKwh),
    pulseKwh: figure(1 / pulsesPerKwh),
    pulseKw: figure((1 / pulsesPerKwh) * (MINUTES_PER_HOUR / settings.intervalMinutes)),
    tariff:
      settings.plan === undefined || version === undefined
        ? null
        : { name: settings.plan.name, version: version.validFrom, validFrom: version.validFrom },
    anchor: anchorOf(desk),
    periods: settings.billing.kind,
    sources: await sourcesOf(desk, registry, deps),
    clockOffsetMs: orNull(deps.clocks.offsetMs(desk.key)),
    needs: needsOf(pulsesPerKwh, settings.plan !== undefined),
    demo: settings.demo,
  };
}

async function sourcesOf(desk: PlantDesk, registry: Registry, deps: ListDeps): Promise<PlantInfo["sources"]> {
  const { settings } = desk.reports;
  const nowMs = deps.nowMs();
  const { grace } = await desk.reports.quality({ fromMs: nowMs - DAY_MS, toMs: nowMs });
  const dialects = new Map(deps.actions.sources().map((source) => [source.name, source.dialect]));
  const rows = await Promise.all(
    settings.sources.map(async (source) => {
      const series = registry.series.filter((one) => isOf(one, settings, source));
      const known = grace.find((one) => one.source === source.name);
      return {
        name: source.name,
        rank: RANKS.indexOf(source.rank),
        rankName: source.rank,
        dialect: orNull(dialects.get(source.name)),
        lastMs: await lastOf(series, deps.store),
        everyMs: figure(Math.min(...(await deps.spacing(series)).map((everyMs) => everyMs ?? Number.POSITIVE_INFINITY))),
        graceMs: known === undefined ? null : figure(known.seconds * SECOND_MS),
        graceSet: source.graceSeconds !== undefined,
      };
    }),
  );
  return rows.toSorted((a, b) => b.rank - a.rank);
}

function isOf(series: Series, settings: { readonly site: string; readonly point: string }, source: PlantSource): boolean {
  return series.site === settings.site && series.point === settings.point && series.source === source.name;
}

/** Missing: null where nothing came yet. */
async function lastOf(series: readonly Series[], store: Store): Promise<number | null> {
  if (series.length === 0) return null;
  const { tMs } = await store.latest(series.map((one) => one.id));
  return tMs.length === 0 ? null : Math.max(...tMs);
}

/** As it counts now: the newest dated fact that has begun, a page's before the file's. Missing: NaN. */
function pulsesPerKwhOf(desk: PlantDesk, registry: Registry, nowMs: number): number {
  const { settings } = desk.reports;
  const own = registry.facts.filter((fact) => fact.site === settings.site && fact.point === settings.point && fact.undoneMs === undefined);
  const begun = [...settings.facts, ...own].filter((fact) => fact.fromMs <= nowMs).toSorted((a, b) => b.fromMs - a.fromMs);
  const found = begun.find((fact) => fact.name === "pulsesPerKwh" || fact.name === "kwhPerPulse");
  const multiplier = Number(begun.find((fact) => fact.name === "multiplier")?.value ?? 1);
  if (found === undefined) return Number.NaN;
  const perKwh = found.name === "pulsesPerKwh" ? Number(found.value) : 1 / Number(found.value);
  return perKwh / multiplier;
}

function needsOf(pulsesPerKwh: number, hasPlan: boolean): string[] {
  return [
    ...(Number.isNaN(pulsesPerKwh)
      ? [
          "Pulses per kWh is not set: pulses are kept, and their energy is told as soon as `pulsesPerKwh` stands among the facts of the point.",
        ]
      : []),
    ...(hasPlan ? [] : ["No tariff is set: energy and demand are told without money. Add one under `tariffs`."]),
  ];
}
