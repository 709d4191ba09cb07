import { figure, orNull } from "#api/plants/wire.ts";
import type { StoppedAnswer } from "#contract/building-points.ts";
import type { StoppedRow } from "#reports/building-answers.ts";
import type { BuildingDesk } from "./desk.ts";
import { isMapped } from "./list.ts";
import { nameOf, namesOf } from "./wire.ts";

/** Histories that say nothing any more, or nothing that can be true. */
export async function stoppedAnswer({ reports, site }: BuildingDesk, nowMs: number): Promise<StoppedAnswer> {
  const [rows, { points, equipment }] = await Promise.all([reports.stopped(), reports.model()]);
  const names = namesOf(equipment);
  return {
    nowMs,
    site,
    sentence: sentenceOf(rows, points.length),
    found: points.length,
    mapped: points.filter(isMapped).length,
    stopped: rows.map((row) => ({
      equipment: orNull(row.equipment),
      equipmentName: nameOf(names, row.equipment),
      role: orNull(row.role),
      point: row.point,
      name: row.name,
      series: row.series,
      lastMs: figure(row.lastMs),
      usualMs: figure(row.usualMs),
      why: row.why,
      sentence: row.sentence,
    })),
  };
}

function sentenceOf(rows: readonly StoppedRow[], found: number): string {
  if (found === 0) return "No history was found yet.";
  const of = found === 1 ? "1 history" : `${found} histories`;
  if (rows.length === 0) return found === 1 ? "The only history speaks." : `All ${of} speak.`;
  const silent = rows.filter(({ why }) => why === "silent" || why === "station-silent" || why === "never-spoke").length;
  const doubtful = rows.length - silent;
  const parts = [
    ...(silent === 0 ? [] : [`${silent} ${silent === 1 ? "says" : "say"} nothing any more`]),
    ...(doubtful === 0 ? [] : [`${doubtful} ${doubtful === 1 ? "says" : "say"} what cannot be true`]),
  ];
  return `Of ${of} ${parts.join(", ")}.`;
}
