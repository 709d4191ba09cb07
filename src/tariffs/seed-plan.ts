import { ROUNDING } from "./money.ts";
import type { DemandCharge, Plan } from "./plan.ts";

/** The settings of a plain industrial tariff. Money as decimal text; the percent is of 100. */
export interface SeedTariff {
  readonly name: string;
  /** Where the numbers are from. */
  readonly source?: string;
  readonly currency: string;
  readonly customerCharge: string;
  readonly energyRatePerKwh: string;
  readonly demandRatePerKw: string;
  /** 0 for none. */
  readonly ratchetPercent: string;
  readonly minimumKw: number;
  /** Demand known from bills older than the intervals; `period` is any day within its period. */
  readonly seedPeaks?: readonly { readonly period: string; readonly kw: number }[];
}

export const SEED_TARIFF: SeedTariff = {
  name: "Plant tariff",
  currency: "USD",
  customerCharge: "120.00",
  energyRatePerKwh: "0.04143",
  demandRatePerKw: "24.74",
  ratchetPercent: "60",
  minimumKw: 50,
};

/** Names of the lines of a seed plan. */
export const SEED_LINES = { customer: "Customer charge", energy: "Energy", demand: "Demand" } as const;

const PEAKS = 3;
const LOOK_BACK = 11;

/**
 * The plan of a plain industrial tariff: customer charge, energy, and demand on the mean of the three highest intervals with a
 * ratchet on the billed demand of the eleven periods before. What is left out of the settings is as in `SEED_TARIFF`.
 */
export function seedPlan(settings: Partial<SeedTariff> = {}): Plan {
  const tariff = { ...SEED_TARIFF, ...settings };
  return {
    schema: 1,
    name: tariff.name,
    ...(tariff.source === undefined ? {} : { source: tariff.source }),
    currency: tariff.currency,
    versions: [
      {
        validFrom: "1970-01-01",
        components: [
          { kind: "fixed", name: SEED_LINES.customer, rate: tariff.customerCharge, per: "month" },
          { kind: "energy", name: SEED_LINES.energy, rate: tariff.energyRatePerKwh },
          demandCharge(tariff),
        ],
        rounding: { ...ROUNDING },
      },
    ],
  };
}

function demandCharge({ demandRatePerKw, ratchetPercent, minimumKw, seedPeaks }: SeedTariff): DemandCharge {
  const hasRatchet = Number(ratchetPercent) > 0;
  const floors = [
    ...(hasRatchet ? [`${ratchetPercent} % of the highest billing demand of the ${LOOK_BACK} periods before`] : []),
    ...(minimumKw > 0 ? [`${minimumKw} kW`] : []),
  ];
  return {
    kind: "demand",
    name: SEED_LINES.demand,
    clause: `The mean of the ${PEAKS} highest intervals${floors.length > 0 ? `, not less than ${floors.join(" nor than ")}` : ""}`,
    rate: demandRatePerKw,
    peak: { pick: { meanOf: PEAKS } },
    ...(minimumKw > 0 ? { minimumKw } : {}),
    ...(hasRatchet
      ? {
          ratchet: {
            percent: ratchetPercent,
            of: "billed",
            lookBack: { periods: LOOK_BACK },
            ...(seedPeaks ? { seedPeaks: [...seedPeaks] } : {}),
          },
        }
      : {}),
  };
}
