import { jsonNumbers, jsonObject } from "#api/json-text.ts";
import type { HomeChart } from "#reports/home-answers.ts";

/** A chart as the JSON text of `homeChartSchema`: thousands of numbers are written by hand. */
export function homeChartJson(chart: HomeChart): string {
  const { typical, phasesW } = chart;
  return jsonObject({
    fromMs: String(chart.fromMs),
    toMs: String(chart.toMs),
    stepMs: String(chart.stepMs),
    tMs: jsonNumbers(chart.tMs),
    powerW: jsonNumbers(chart.powerW),
    minW: jsonNumbers(chart.minW),
    maxW: jsonNumbers(chart.maxW),
    quality: jsonNumbers(chart.quality),
    boughtKwh: jsonNumbers(chart.boughtKwh),
    soldKwh: jsonNumbers(chart.soldKwh),
    phasesW: phasesW === undefined ? "null" : `[${phasesW.map(jsonNumbers).join(",")}]`,
    derived: String(chart.derived),
    typical: jsonObject({ tMs: jsonNumbers(typical.tMs), powerW: jsonNumbers(typical.powerW), days: String(typical.days) }),
  });
}
