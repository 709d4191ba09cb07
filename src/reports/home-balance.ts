import type { Registry } from "#sites/registry.ts";
import type { Range, Store } from "#store/store.ts";
import { BalanceTotals, type Counts } from "./balance-totals.ts";
import { freshMs, newestPower } from "./counter-views.ts";
import { History } from "./history.ts";
import type { HomeBalance } from "./home-answers.ts";
import type { HomeBooks, HomeStanding } from "./home-books.ts";
import { powerNow } from "./home-power.ts";
import { BOUGHT, bestOf, SOLD } from "./home-series.ts";
import type { HomeSettings } from "./home-settings.ts";
import type { PlantSettings } from "./plant-settings.ts";

interface Source {
  readonly point: string;
  readonly made: Counts | undefined;
  /** What a battery takes; left out of the sun. */
  readonly taken?: Counts | undefined;
  /** Its gauge counts what it takes as positive. */
  readonly takesPositive: boolean;
}

/** Registers that can only be production, in the order of trust. */
const MADE = ["energy-production", "energy"] as const;

/** Where the energy of a home came from and where it went, out of its meters. */
export class HomeSources {
  readonly #store: Store;
  readonly #settings: HomeSettings;
  readonly #nowMs: () => number;
  readonly #histories = new Map<string, History>();
  readonly #totals = new BalanceTotals();

  constructor(store: Store, settings: HomeSettings, nowMs: () => number) {
    this.#store = store;
    this.#settings = settings;
    this.#nowMs = nowMs;
  }

  /** Whether anything but the grid is metered. */
  async isMetered(registry: Registry): Promise<boolean> {
    return this.#batteries(registry).length > 0 || (await this.#solar(registry)).length > 0;
  }

  /** Missing: undefined where nothing but the grid is metered. */
  async balance(range: Range, { books, at }: { readonly books: HomeBooks; readonly at: HomeStanding }): Promise<HomeBalance | undefined> {
    const solar = await this.#solar(at.registry);
    const battery = this.#batteries(at.registry);
    if (solar.length + battery.length === 0) return undefined;
    // Meters are not read at the same moment: whole intervals add up, and the one that runs as far as it has come.
    const span = { fromMs: books.grid.atOrBefore(range.fromMs), toMs: books.grid.after(Math.min(range.toMs, at.nowMs + 1) - 1) };
    const meters = {
      gridIn: { history: books.bought },
      gridOut: at.sold && { history: books.sold },
      solar: solar.map((one) => one.made),
      batteryIn: battery.map((one) => one.taken),
      batteryOut: battery.map((one) => one.made),
    };
    const total = await this.#totals.over(meters, span);
    return {
      fromMs: span.fromMs,
      toMs: Math.min(span.toMs, Math.max(at.nowMs, span.fromMs)),
      ...total,
      now: await this.#now(at, { solar, battery }),
    };
  }

  async #now(at: HomeStanding, { solar, battery }: { solar: readonly Source[]; battery: readonly Source[] }): Promise<HomeBalance["now"]> {
    const [grid, sun, stored] = await Promise.all([powerNow(this.#store, at), this.#power(solar, at), this.#power(battery, at)]);
    const solarW = solar.length === 0 ? Number.NaN : Math.max(0, sun);
    const batteryW = battery.length === 0 ? Number.NaN : stored;
    const houseW = grid.powerW + (solar.length === 0 ? 0 : solarW) + (battery.length === 0 ? 0 : batteryW);
    return { gridW: grid.powerW, solarW, batteryW, houseW };
  }

  /** What meters give the house now, W. Missing: NaN where one of them is silent. */
  async #power(sources: readonly Source[], { nowMs, registry }: HomeStanding): Promise<number> {
    const all = await Promise.all(
      sources.map(async ({ point, takesPositive }) => {
        const series = bestOf(registry, this.#meter(point), "power");
        if (series === undefined) return Number.NaN;
        const column = await newestPower(this.#store, series, nowMs);
        const [tMs, watts] = [column.tMs.at(-1), column.value.at(-1)];
        if (tMs === undefined || watts === undefined || nowMs - tMs > freshMs(column)) return Number.NaN;
        return takesPositive ? 0 - watts : Math.abs(watts);
      }),
    );
    return all.reduce((sum, watts) => sum + watts, 0);
  }

  async #solar(registry: Registry): Promise<Source[]> {
    const found = await Promise.all(this.#settings.roles.solar.map((point) => this.#production(registry, point)));
    return found.filter(({ made }) => made !== undefined);
  }

  /** A plug counts all that flows; a meter with two registers makes what the fuller one counts, whichever way its clamp is turned. */
  async #production(registry: Registry, point: string): Promise<Source> {
    const meter = this.#meter(point);
    const plain = MADE.find((quantity) => bestOf(registry, meter, quantity) !== undefined);
    if (plain !== undefined) return { point, made: { history: this.#history(point, plain) }, takesPositive: false };
    const [imported, exported] = [bestOf(registry, meter, BOUGHT), bestOf(registry, meter, SOLD)];
    if (imported === undefined && exported === undefined) return { point, made: undefined, takesPositive: false };
    const ids = [imported, exported].flatMap((series) => series?.id ?? []);
    const latest = await this.#store.latest(ids);
    const shown = (id: number | undefined): number => latest.value[latest.seriesId.indexOf(id ?? -1)] ?? -1;
    const turned = exported !== undefined && (imported === undefined || shown(exported.id) > shown(imported.id));
    return { point, made: { history: this.#history(point, turned ? SOLD : BOUGHT) }, takesPositive: turned };
  }

  #batteries(registry: Registry): Source[] {
    return this.#settings.roles.battery.flatMap((point) => {
      const meter = this.#meter(point);
      const has = (quantity: string): boolean => bestOf(registry, meter, quantity) !== undefined;
      if (!has(SOLD)) return [];
      const made = { history: this.#history(point, SOLD) };
      if (has(BOUGHT)) return [{ point, made, taken: { history: this.#history(point, BOUGHT) }, takesPositive: true }];
      // Some meters count both ways in one register, and what came back in another.
      return has("energy")
        ? [{ point, made, taken: { history: this.#history(point, "energy"), less: made.history }, takesPositive: true }]
        : [];
    });
  }

  #meter(point: string): PlantSettings {
    const { plan: _, ...meter } = this.#settings.meter;
    return { ...meter, point, facts: [] };
  }

  #history(point: string, quantity: string): History {
    const name = `${point} ${quantity}`;
    const known = this.#histories.get(name);
    if (known !== undefined) return known;
    const counter = { quantity, connectionKw: this.#settings.connectionKw };
    const history = new History(this.#store, { ...this.#meter(point), counter }, this.#nowMs);
    this.#histories.set(name, history);
    return history;
  }
}
