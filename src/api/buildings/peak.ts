import { ApiError } from "#api/errors.ts";
import { figure, orNull, span } from "#api/plants/wire.ts";
import type { PeakAnswerInfo, PeakMoverInfo } from "#contract/building-peak.ts";
import type { PeakAnswer, PeakMover } from "#reports/building-answers.ts";
import type { Range } from "#store/store.ts";
import type { BuildingDesk } from "./desk.ts";
import { type EquipmentNames, nameOf, namesOf } from "./wire.ts";

/** What a peak is asked about; without a range, the highest of the last 30 days. */
export interface PeakWish {
  readonly nowMs: number;
  readonly of?: string;
  readonly range?: Range;
}

/** What the equipment did at a peak. Errors: not-available where no point tells of power. */
export async function peakAnswer({ reports, zone, site }: BuildingDesk, { nowMs, of, range }: PeakWish): Promise<PeakAnswerInfo> {
  const found = await reports.peak({ ...(range === undefined ? {} : { range }), ...(of === undefined ? {} : { of }) });
  if (found === undefined)
    throw new ApiError("not-available", {
      what: "What caused a peak",
      why: of === undefined ? "no point of this site tells of power or energy" : "that point tells of no power or energy at that time",
    });
  const { equipment } = await reports.model();
  return { ...wire(found, namesOf(equipment)), nowMs, site, timeZone: zone.id, range: span(found.range, zone) };
}

function wire(found: PeakAnswer, names: EquipmentNames): Omit<PeakAnswerInfo, "nowMs" | "site" | "timeZone" | "range"> {
  const { of, choices, peaks, comfort, outdoor } = found;
  return {
    of: { point: of.point, name: of.name, valueKw: figure(of.valueKw), usualKw: figure(of.usualKw) },
    choices: choices.map(({ point, name }) => ({ point, name })),
    peaks: peaks.map(({ fromMs, toMs, kw }) => ({ fromMs, toMs, kw })),
    sentence: found.sentence,
    outdoor: outdoor === undefined ? null : { value: outdoor.value, unit: outdoor.unit },
    similarDays: found.similarDays.map((day) => ({ date: day.date, outdoor: figure(day.outdoor), kw: figure(day.kw) })),
    method: found.method,
    movers: found.movers.map((mover) => moverInfo(mover, names)),
    comfort: {
      withinPct: figure(comfort.withinPct),
      usualWithinPct: figure(comfort.usualWithinPct),
      zonesOutside: [...comfort.zonesOutside],
      zoneNames: comfort.zonesOutside.map((id) => nameOf(names, id) ?? id),
    },
    curve: found.curve.map(({ tMs, kw, usual, low, high }) => ({
      ...{ tMs, kw: figure(kw), usual: figure(usual) },
      ...{ low: figure(low), high: figure(high) },
    })),
  };
}

function moverInfo(mover: PeakMover, names: EquipmentNames): PeakMoverInfo {
  return {
    series: mover.series,
    point: mover.point,
    name: mover.name,
    equipment: orNull(mover.equipment),
    equipmentName: nameOf(names, mover.equipment),
    role: orNull(mover.role),
    unit: mover.unit,
    value: figure(mover.value),
    usual: figure(mover.usual),
    low: figure(mover.low),
    high: figure(mover.high),
    score: figure(mover.score),
    sharePct: figure(mover.sharePct),
    sentence: mover.sentence,
  };
}
