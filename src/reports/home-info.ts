import type { Series } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import type { HomeInfo } from "./home-answers.ts";
import type { HomeStanding } from "./home-books.ts";
import { BOUGHT, bestOf, SOLD } from "./home-series.ts";
import { DEFAULT_PER_KWH, type HomeSettings } from "./home-settings.ts";
import { readingOf } from "./home-summary.ts";

interface About {
  readonly settings: HomeSettings;
  readonly openEvents: number;
  readonly hasBalance: boolean;
}

/** What a home's meters send, and what nobody has said yet. */
export async function homeInfo(
  store: Pick<Store, "read" | "readBuckets">,
  at: HomeStanding,
  { settings, openEvents, hasBalance }: About,
): Promise<HomeInfo> {
  const { series, bought, first, last, registry } = at;
  const { source, everyMs } = await readingOf(store, at);
  const powerOf = (point: string): string[] => {
    const meter = { ...settings.meter, point };
    const best: Series | undefined = bestOf(registry, meter, "power") ?? bestOf(registry, meter, SOLD) ?? bestOf(registry, meter, BOUGHT);
    return best === undefined ? [] : [best.key];
  };
  const digitKwh = source === undefined ? undefined : bought.standing.rules.counter?.resolutions.get(source);
  return {
    series: {
      ...(series.power === undefined ? {} : { power: series.power.key }),
      ...(series.bought === undefined ? {} : { bought: series.bought.key }),
      ...(series.sold === undefined ? {} : { sold: series.sold.key }),
      phases: series.phases.map(({ key }) => key),
      solar: settings.roles.solar.flatMap(powerOf),
      battery: settings.roles.battery.flatMap(powerOf),
    },
    ...(source === undefined ? {} : { source }),
    everyMs,
    wholeKwh: digitKwh === 1 && series.power === undefined,
    hasBalance,
    ...(first === undefined ? {} : { firstMs: first }),
    ...(last === undefined ? {} : { lastMs: last }),
    openEvents,
    needs: needsOf(at, settings),
  };
}

function needsOf({ money, first }: HomeStanding, { currency }: HomeSettings): string[] {
  return [
    ...(first === undefined ? ["No reading of the meter has come yet."] : []),
    ...(money.prices.some(({ from }) => from === "default")
      ? [`No price is set: ${DEFAULT_PER_KWH} ${currency} per kWh is assumed. Set yours, with its base fee, and costs are right backwards.`]
      : []),
  ];
}
