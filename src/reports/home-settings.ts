import type { PlantSettings } from "./plant-settings.ts";

/** Which points of a site are what in the energy balance of a home. */
export interface HomeRoles {
  /** The meter of the grid connection. */
  readonly grid: string;
  readonly solar: readonly string[];
  readonly battery: readonly string[];
}

/** What was paid in advance, from a local date on, once a month. */
export interface InstalmentRow {
  readonly fromDate: string;
  /** Exact decimal text. */
  readonly amount: string;
}

/** A flat price from a local date on; exact decimal texts. */
export interface PriceRow {
  readonly fromDate: string;
  readonly perKwh: string;
  readonly baseFeePerMonth: string;
  readonly feedInPerKwh?: string;
}

/** Everything that is said about a home, apart from what was measured. Rows of pages (facts of the point) come on top when asked. */
export interface HomeSettings {
  /** Site and point with a dot between. */
  readonly id: string;
  readonly site: string;
  readonly siteName: string;
  readonly name: string;
  /** IANA zone. */
  readonly zone: string;
  readonly currency: string;
  readonly roles: HomeRoles;
  /** The grid meter as a plant: its sources, its tariff. */
  readonly meter: PlantSettings;
  /** Of the file, read-only on the page; empty where it says none. */
  readonly prices: readonly PriceRow[];
  readonly instalments: readonly InstalmentRow[];
  /** Month and day a year of settlement begins: `01-01`. */
  readonly settlement: string;
  /** The reader's own page: `http://192.168.1.20/`. */
  readonly readerUrl?: string;
  /** Most the connection can deliver, kW; a step above it is no consumption. */
  readonly connectionKw: number;
  readonly demo: boolean;
}

/** The flat price per kWh of a home that says none, in its currency. Source: the Tasmota MT681 monitor's default. */
export const DEFAULT_PER_KWH = "0.3102";
