import type { HealthAnswer } from "#analytics/zone-health.ts";
import { figure, orNull } from "#api/plants/wire.ts";
import type { Equipment, Evidence } from "#buildings/model.ts";
import type { Role } from "#buildings/role.ts";
import type {
  AirflowInfo,
  ComfortInfo,
  EquipmentInfo,
  EvidenceAnswer,
  FindingInfo,
  HealthInfo,
  PairingInfo,
  PointNowAnswer,
} from "#contract/building-parts.ts";
import type { AirflowAnswer, ComfortAnswer, Finding, PairingTold, PointNow } from "#reports/building-answers.ts";
import type { BuildingSettings } from "#reports/building-settings.ts";
import type { Range } from "#store/store.ts";
import { inRoleOrder } from "./role-order.ts";

/** Names of equipment by id. */
export type EquipmentNames = ReadonlyMap<string, string>;

export function namesOf(equipment: readonly Pick<Equipment, "id" | "name">[]): EquipmentNames {
  return new Map(equipment.map(({ id, name }) => [id, name]));
}

/** Missing: null for equipment nobody names. */
export function nameOf(names: EquipmentNames, id: string | undefined): string | null {
  return id === undefined ? null : (names.get(id) ?? id);
}

/** Why something is believed, as it is sent. */
export function evidence(why: Evidence | undefined): EvidenceAnswer | null {
  return why === undefined ? null : { rule: why.rule, sentence: why.sentence, confidence: why.confidence };
}

/** Equipment as it is sent, without its points. */
export function equipmentInfo(of: Equipment): EquipmentInfo {
  const { id, name, type, root, station, floor, demo } = of;
  return { id, name, type, root, station, floor, servedBy: orNull(of.servedBy), servedEvidence: evidence(of.servedEvidence), demo };
}

/** Values now, in the order of roles. */
export function pointsNow(now: ReadonlyMap<Role, PointNow>): PointNowAnswer[] {
  return inRoleOrder(now).map(([, one]) => ({
    role: one.role,
    point: one.point,
    series: one.series,
    value: figure(one.value),
    text: one.text,
    unit: one.unit,
    tMs: figure(one.tMs),
    status: one.status,
    bad: one.bad,
    overridden: one.overridden,
  }));
}

export function comfortInfo(comfort: ComfortAnswer): ComfortInfo {
  return {
    samples: comfort.samples,
    withinPct: figure(comfort.withinPct),
    withinTimePct: figure(comfort.withinTimePct),
    meanError: figure(comfort.meanError),
    judgedMs: comfort.judgedMs,
    tooWarmMs: comfort.tooWarmMs,
    tooColdMs: comfort.tooColdMs,
    discomfortDegreeHours: figure(comfort.discomfortDegreeHours),
    unit: comfort.unit,
    by: comfort.by,
    notJudged: comfort.notJudged.map(({ why, ms }) => ({ why, ms })),
  };
}

export function airflowInfo(airflow: AirflowAnswer): AirflowInfo {
  return {
    samples: airflow.samples,
    withinPct: figure(airflow.withinPct),
    meanError: figure(airflow.meanError),
    meanErrorPct: figure(airflow.meanErrorPct),
    unit: airflow.unit,
    tolerance: { percent: airflow.tolerance.percent, absolute: figure(airflow.tolerance.absolute) },
  };
}

export function healthInfo(health: HealthAnswer): HealthInfo {
  return {
    variant: health.variant,
    score: figure(health.score),
    status: health.status,
    reasons: [...health.reasons],
    parts: health.parts.map(({ name, value, weight }) => ({ name, value: figure(value), weight })),
  };
}

export function findingInfo(finding: Finding, names: EquipmentNames): FindingInfo {
  return {
    rule: finding.rule,
    severity: finding.severity,
    equipment: finding.equipment,
    equipmentName: names.get(finding.equipment) ?? finding.equipment,
    point: orNull(finding.point),
    sinceMs: figure(finding.sinceMs),
    sinceOrBefore: finding.sinceOrBefore,
    sharePct: figure(finding.sharePct),
    sentence: finding.sentence,
    source: finding.source,
  };
}

const GRAVITY: readonly Finding["severity"][] = ["critical", "warning", "note"];

/** Findings as they are sent, the gravest first; among equals they keep their order. */
export function findingInfos(findings: readonly Finding[], names: EquipmentNames): FindingInfo[] {
  return findings
    .toSorted((a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity))
    .map((finding) => findingInfo(finding, names));
}

export function pairingInfo(pairing: PairingTold): PairingInfo {
  return {
    role: pairing.role,
    series: pairing.series,
    how: pairing.how,
    because: pairing.because,
    unpaired: pairing.unpaired,
    excluded: pairing.excluded.map(({ reason, samples, sentence }) => ({ reason, samples, sentence })),
  };
}

export function occupancyInfo({ occupancy }: Pick<BuildingSettings, "occupancy">) {
  const { fromMinute, toMinute, weekdays, warmUpMinutes } = occupancy;
  return { fromMinute, toMinute, weekdays: [...weekdays], warmUpMinutes };
}

export const plainSpan = ({ fromMs, toMs }: Range) => ({ fromMs, toMs });
