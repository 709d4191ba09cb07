import type { MeterEvent } from "#analytics/meter-index.ts";
import { figure, orNull } from "#api/plants/wire.ts";
import { offsetText } from "#calendar/local-text.ts";
import type { Zone } from "#calendar/zone.ts";
import type { MeterDetailAnswer, MeterEventAnswer } from "#contract/meters.ts";
import type { GasConversion, MeterSettings, PhysicalMeter } from "#reports/meter-settings.ts";
import { metersWithin } from "#reports/meters-within.ts";
import type { Fact, Registry } from "#sites/registry.ts";
import { answered, type MeterDesk } from "./desk.ts";
import { meterInfo } from "./list.ts";

/** Name of the fact that says what an event of a meter was. */
export const DECISION_FACT = "meter-decision";

/** Everything about one meter but its history. Errors: unknown-meter. */
export async function meterDetail(
  desk: MeterDesk,
  now: { readonly nowMs: number; readonly registry: Registry },
): Promise<MeterDetailAnswer> {
  const { id, reports, site, zone } = desk;
  const detail = answered(await reports.meter(id), desk);
  const { settings, coverage } = detail;
  return {
    ...meterInfo(detail, { zone, within: metersWithin(site.meters) }),
    nowMs: now.nowMs,
    zone: site.zone,
    currency: site.currency,
    ...saidOf(settings, zone),
    gas: site.gas.map(gasRow),
    pattern: detail.pattern.map(figure),
    patternFrom: detail.patternFrom,
    patternSum: figure(detail.patternSum),
    baseLoadPerHour: figure(detail.baseLoadPerHour),
    coverage: {
      ...coverage,
      firstMs: orNull(coverage.firstMs),
      lastMs: orNull(coverage.lastMs),
      medianGapMs: figure(coverage.medianGapMs),
      largestGapMs: figure(coverage.largestGapMs) ?? 0,
    },
    events: detail.events.map((event) => eventRow(event, zone, decisionsOf(desk, now.registry))),
    needs: [...detail.needs],
    partOf: [...detail.partOf],
  };
}

function saidOf(settings: MeterSettings, zone: Zone) {
  const { what } = settings;
  return {
    installedOn: orNull(settings.installedOn),
    factId: orNull(settings.factId),
    periods:
      what.kind === "master"
        ? what.periods.map(({ fromDate, toDate, sources }) => ({ fromDate, toDate: orNull(toDate), sources: [...sources] }))
        : [],
    formula: what.kind === "virtual" ? what.formula : null,
    ...registerOf(what.kind === "physical" ? what : undefined, zone),
    prices: settings.prices.map(({ fromDate, perUnit, baseFeePerMonth, from, factId }) => ({
      fromDate,
      perUnit,
      baseFeePerMonth,
      from,
      factId: orNull(factId),
    })),
  };
}

function registerOf(register: PhysicalMeter | undefined, zone: Zone) {
  return {
    point: orNull(register?.point),
    series: (register?.series ?? []).map(({ key, kind, unit, source }) => ({ key, kind, unit, source })),
    readEveryDays: figure(register?.readEveryDays ?? Number.NaN),
    resetsOn: orNull(register?.resetsOn),
    modulus: figure(register?.modulus ?? Number.NaN),
    mostPerDay: figure(register?.mostPerDay ?? Number.NaN),
    replacements: (register?.replacements ?? []).map(({ tMs, lastReading, firstReading, serial, from, factId }) => ({
      tMs,
      tLocal: offsetText(tMs, zone),
      lastReading: figure(lastReading ?? Number.NaN),
      firstReading: figure(firstReading ?? Number.NaN),
      serial: orNull(serial),
      from,
      factId: orNull(factId),
    })),
  };
}

const KWH_PLACES = 6;

function gasRow({ fromDate, calorificKwhPerM3, zFactor, basis }: GasConversion) {
  const kwhPerM3 = Number((calorificKwhPerM3 * zFactor).toFixed(KWH_PLACES));
  return { fromDate: orNull(fromDate), calorificKwhPerM3, zFactor, basis, kwhPerM3 };
}

/** The newest word on each event, by its id. */
function decisionsOf({ place }: MeterDesk, { facts }: Registry): Map<string, Fact> {
  const said = facts.filter(
    ({ name, site, point, undoneMs }) => name === DECISION_FACT && site === place.site && point === place.point && undoneMs === undefined,
  );
  return new Map(said.toSorted((a, b) => a.madeMs - b.madeMs).map((fact) => [String(fact.value).replace(/ \S+$/, ""), fact]));
}

function eventRow(event: MeterEvent, zone: Zone, decisions: ReadonlyMap<string, Fact>): MeterEventAnswer {
  return {
    id: event.id,
    kind: event.kind,
    tMs: event.tMs,
    tLocal: offsetText(event.tMs, zone),
    before: figure(event.before),
    value: figure(event.value),
    counts: event.counts,
    open: event.open,
    decision: orNull(event.decision),
    factId: orNull(decisions.get(event.id)?.id),
    sentence: event.sentence,
  };
}
