import { csvLine, numberCell, textCell } from "#api/csv.ts";
import { ApiError } from "#api/errors.ts";
import { amountOrNull } from "#api/homes/wire.ts";
import { jsonNumbers, jsonObject } from "#api/json-text.ts";
import { localTimes, utcTimes } from "#api/local-time.ts";
import type { ConsumptionAnswer, Grid } from "#reports/meter-answers.ts";
import type { AsKnown } from "#reports/meters.ts";
import type { Range } from "#store/store.ts";
import { answered, type MeterDesk } from "./desk.ts";
import { consumedNames, meterFigure } from "./wire.ts";

/** Rows a page may ask for, and a file. */
export const MOST_ROWS = { page: 20_000, file: 200_000 } as const;

const MINUTE_MS = 60_000;
/** The least a row of each grid spans; months are never 28 days by clock. */
const LEAST_MS: Readonly<Record<Grid, number>> = {
  interval: MINUTE_MS,
  hour: 60 * MINUTE_MS,
  day: 23 * 60 * MINUTE_MS,
  month: 27 * 1_440 * MINUTE_MS,
  year: 364 * 1_440 * MINUTE_MS,
};

/** What is asked of the consumption of one meter. */
export type ConsumptionAsked = Range & AsKnown & { readonly by: Grid };

/** Errors: too-many-points, unknown-meter. */
export async function consumptionOf(desk: MeterDesk, asked: ConsumptionAsked, limit: number): Promise<ConsumptionAnswer> {
  const { id, reports } = desk;
  const spanMs = asked.toMs - asked.fromMs;
  // Readings may be as rare as they like: only what came of it tells how many rows of their own spacing there are.
  if (asked.by !== "interval" && spanMs / LEAST_MS[asked.by] > limit + 1) throw new ApiError("too-many-points", { limit });
  const answer = answered(await reports.consumption(id, asked), desk);
  if (answer.rows.amount.length > limit) throw new ApiError("too-many-points", { limit });
  return answer;
}

/** As the JSON text of `meterConsumptionSchema`: thousands of numbers are written by hand. */
export function consumptionJson(desk: MeterDesk, answer: ConsumptionAnswer): string {
  const { rows } = answer;
  return jsonObject({
    meter: JSON.stringify(desk.id),
    unit: JSON.stringify(answer.unit),
    zone: JSON.stringify(desk.site.zone),
    currency: JSON.stringify(desk.site.currency),
    by: JSON.stringify(answer.by),
    fromMs: jsonNumbers(rows.edgesMs.subarray(0, -1)),
    toMs: jsonNumbers(rows.edgesMs.subarray(1)),
    amount: jsonNumbers(rows.amount),
    measured: jsonNumbers(rows.measured),
    missingMs: jsonNumbers(rows.missingMs),
    flags: JSON.stringify(Array.from(rows.flags, consumedNames)),
    register: jsonNumbers(answer.register.subarray(1)),
    cost: JSON.stringify(answer.cost.map(amountOrNull)),
    total: JSON.stringify(meterFigure(answer.total, desk.zone)),
  });
}

/** As CSV, a row per stretch with both clocks; as many rows at a time as others wait for without noticing. Missing: an empty cell. */
export function* consumptionCsv({ site, settings }: MeterDesk, answer: ConsumptionAnswer): Generator<string> {
  const { rows, unit } = answer;
  const [local, utc] = [localTimes(site.zone), utcTimes()];
  let text = csvLine([
    ...[textCell(`from (${site.zone})`), textCell(`to (${site.zone})`), "from (UTC)", "to (UTC)"],
    ...[textCell(`${settings.name} [${unit}]`), textCell(`measured [${unit}]`), "missing hours"],
    ...[textCell(`register [${unit}]`), textCell(`cost [${site.currency}]`), "remarks"],
  ]);
  for (const [i, amount] of rows.amount.entries()) {
    const [fromMs, toMs] = [rows.edgesMs[i] as number, rows.edgesMs[i + 1] as number];
    text += csvLine([
      ...[local(fromMs), local(toMs), utc(fromMs), utc(toMs)],
      ...[numberCell(amount), numberCell(rows.measured[i] as number), numberCell((rows.missingMs[i] as number) / LEAST_MS.hour)],
      ...[numberCell(answer.register[i + 1] as number), amountOrNull(answer.cost[i]) ?? ""],
      textCell(consumedNames(rows.flags[i] as number).join(" ")),
    ]);
    if (text.length < CHUNK_CHARACTERS) continue;
    yield text;
    text = "";
  }
  yield text;
}

const CHUNK_CHARACTERS = 65_536;
