import type { Plan } from "./plan.ts";

/** The settings of a plain industrial tariff. Money as decimal text; the percent is of 100. */
export interface SeedTariff {
  readonly currency: string;
  readonly customerCharge: string;
  readonly energyRatePerKwh: string;
  readonly demandRatePerKw: string;
  readonly ratchetPercent: string;
  readonly minimumKw: number;
  /** Demand known from bills older than the intervals; `period` is any day within its period. */
  readonly seedPeaks?: readonly { readonly period: string; readonly kw: number }[];
}

export const SEED_TARIFF: SeedTariff = {
  currency: "USD",
  customerCharge: "120.00",
  energyRatePerKwh: "0.04143",
  demandRatePerKw: "24.74",
  ratchetPercent: "60",
  minimumKw: 50,
};

/** Names of the lines of a seed plan. */
export const SEED_LINES = { customer: "Customer charge", energy: "Energy", demand: "Demand" } as const;

/**
 * The plan of a plain industrial tariff: customer charge, energy, and demand on the mean of the three highest intervals with a
 * ratchet on the billed demand of the eleven periods before. What is left out of the settings is as in `SEED_TARIFF`.
 */
export function seedPlan(settings: Partial<SeedTariff> = {}): Plan {
  const tariff = { ...SEED_TARIFF, ...settings };
  return {
    schema: 1,
    name: "Plant tariff",
    currency: tariff.currency,
    versions: [
      {
        validFrom: "1970-01-01",
        components: [
          { kind: "fixed", name: SEED_LINES.customer, rate: tariff.customerCharge, per: "month" },
          { kind: "energy", name: SEED_LINES.energy, rate: tariff.energyRatePerKwh },
          {
            kind: "demand",
            name: SEED_LINES.demand,
            rate: tariff.demandRatePerKw,
            peak: { pick: { meanOf: 3 } },
            minimumKw: tariff.minimumKw,
            ratchet: {
              percent: tariff.ratchetPercent,
              of: "billed",
              lookBack: { periods: 11 },
              ...(tariff.seedPeaks ? { seedPeaks: [...tariff.seedPeaks] } : {}),
            },
          },
        ],
      },
    ],
  };
}
