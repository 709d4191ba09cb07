import { offsetText } from "#calendar/local-text.ts";
import { zoneNamed } from "#calendar/zone.ts";
import type { PlantReports } from "#reports/plant.ts";
import type { PeriodFigures, RunningInterval, Summary } from "#reports/plant-answers.ts";
import type { PlantSettings } from "#reports/plant-settings.ts";
import { type Entity, type EntityDevice, partOf, textOf } from "./entity.ts";

const KW_DECIMALS = 1;
const MONEY_DECIMALS = 2;

/** Where a plant's running interval will end, its peak and its bill so far, as a device of Home Assistant. */
export async function plantDevice(plant: PlantReports): Promise<EntityDevice> {
  const { settings } = plant;
  const [running, summary] = await Promise.all([plant.running(), plant.summary()]);
  return {
    id: `plant_${partOf(`${settings.site}.${settings.point}`)}`,
    name: `${settings.siteName} ${settings.name}`,
    model: "Plant",
    entities: [...now(running), ...today(summary), ...period(settings, summary.billing ?? summary.month)],
  };
}

const KW = { deviceClass: "power", stateClass: "measurement", unit: "kW", decimals: KW_DECIMALS } as const;

function now({ live, projectedKw, levels }: RunningInterval): Entity[] {
  const level = levels.find(({ kind }) => kind === "billing");
  const left = { deviceClass: "energy", stateClass: "total", unit: "kWh", decimals: KW_DECIMALS } as const;
  return [
    { key: "power", name: "Power", ...KW, value: textOf(live.kw, KW_DECIMALS) },
    { key: "projected", name: "Projected demand", ...KW, value: textOf(projectedKw, KW_DECIMALS) },
    ...(level === undefined
      ? []
      : [
          { key: "level", name: "Demand that raises the bill", ...KW, value: textOf(level.kw, KW_DECIMALS) },
          { key: "left", name: "Energy left in this interval", ...left, value: textOf(level.kwhLeft, KW_DECIMALS) },
        ]),
  ];
}

function today({ todayPeakDemandKw }: Summary): Entity[] {
  return [{ key: "peak-today", name: "Peak today", ...KW, value: textOf(todayPeakDemandKw, KW_DECIMALS) }];
}

function period({ currency, zone }: PlantSettings, figures: PeriodFigures | undefined): Entity[] {
  if (figures === undefined) return [];
  const place = zoneNamed(zone);
  const { fromMs } = figures.period;
  const lastReset = offsetText(fromMs, place);
  const energy = { deviceClass: "energy", stateClass: "total", unit: "kWh", decimals: KW_DECIMALS, lastReset } as const;
  const money = { deviceClass: "monetary", stateClass: "total", unit: currency, decimals: MONEY_DECIMALS, lastReset } as const;
  return [
    { key: "energy-period", name: "Energy this period", ...energy, value: textOf(figures.energyKwh, KW_DECIMALS) },
    { key: "peak-period", name: "Peak this period", ...KW, value: textOf(figures.peakKw, KW_DECIMALS) },
    { key: "billed-demand", name: "Billing demand", ...KW, value: textOf(figures.billedKw, KW_DECIMALS) },
    ...(figures.total === undefined
      ? []
      : [{ key: "cost-period", name: "Bill this period", ...money, value: figures.total.toFixed(MONEY_DECIMALS) }]),
  ];
}
