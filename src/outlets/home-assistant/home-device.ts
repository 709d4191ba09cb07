import { offsetText } from "#calendar/local-text.ts";
import { zoneNamed } from "#calendar/zone.ts";
import type { HomeReports } from "#reports/home.ts";
import type { HomeFigures, HomeSummary } from "#reports/home-answers.ts";
import type { HomeSettings } from "#reports/home-settings.ts";
import { type Entity, type EntityDevice, partOf, textOf } from "./entity.ts";

const MONDAY = 1;
const ENERGY_DECIMALS = 3;
const MONEY_DECIMALS = 2;

/** What a home has used, sold and paid, as a device of Home Assistant. */
export async function homeDevice(home: HomeReports): Promise<EntityDevice> {
  const { settings } = home;
  const summary = await home.summary({ weekStart: MONDAY });
  return {
    id: `home_${partOf(settings.id)}`,
    name: settings.name === settings.siteName ? settings.name : `${settings.siteName} ${settings.name}`,
    model: "Home",
    entities: [power(summary), ...figures(settings, summary), ...yearEnd(settings, summary)],
  };
}

function power({ power: { powerW } }: HomeSummary): Entity {
  const about = { deviceClass: "power", stateClass: "measurement", unit: "W", decimals: 0 } as const;
  return { key: "power", name: "Power from the grid", ...about, value: textOf(powerW, 0) };
}

function figures(settings: HomeSettings, { today, month, year }: HomeSummary): Entity[] {
  const spans = [
    ["today", "today", today],
    ["month", "this month", month],
    ["year", "this year", year],
  ] as const;
  return spans.flatMap(([key, words, of]) => spanEntities(settings, { key, words, of }));
}

function spanEntities({ currency, zone }: HomeSettings, { key, words, of }: { key: string; words: string; of: HomeFigures }): Entity[] {
  const place = zoneNamed(zone);
  const lastReset = offsetText(of.fromMs, place);
  const energy = { deviceClass: "energy", stateClass: "total", unit: "kWh", decimals: ENERGY_DECIMALS, lastReset } as const;
  const money = { deviceClass: "monetary", stateClass: "total", unit: currency, decimals: MONEY_DECIMALS, lastReset } as const;
  const bought: Entity = { key: `bought-${key}`, name: `Bought ${words}`, ...energy, value: textOf(of.boughtKwh, ENERGY_DECIMALS) };
  const sold: Entity = { key: `sold-${key}`, name: `Sold ${words}`, ...energy, value: textOf(of.soldKwh, ENERGY_DECIMALS) };
  return [
    bought,
    ...(Number.isNaN(of.soldKwh) ? [] : [sold]),
    ...(of.cost === undefined ? [] : [{ key: `cost-${key}`, name: `Cost ${words}`, ...money, value: of.cost.toFixed(MONEY_DECIMALS) }]),
    ...(of.earned === undefined
      ? []
      : [{ key: `earned-${key}`, name: `Earned ${words}`, ...money, value: of.earned.toFixed(MONEY_DECIMALS) }]),
  ];
}

function yearEnd({ currency }: HomeSettings, { instalments }: HomeSummary): Entity[] {
  const balance = instalments?.yearEnd?.balance;
  if (balance === undefined) return [];
  const about = { deviceClass: "monetary", stateClass: "total", unit: currency, decimals: MONEY_DECIMALS } as const;
  return [{ key: "year-end", name: "Balance at the year's end", ...about, value: balance.toFixed(MONEY_DECIMALS) }];
}
