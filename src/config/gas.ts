import { z } from "zod";
import type { Declared } from "#sites/registry.ts";
import { date } from "./values.ts";

const GAS_BASES = ["gross", "net"] as const;

/** Energy in a cubic metre of gas from a local date on. */
export interface GasConfig {
  /** Left out: every site that says nothing of its own. */
  readonly site?: string;
  /** Left out: from the beginning. */
  readonly fromDate?: string;
  readonly calorificKwhPerM3: number;
  readonly zFactor: number;
  /** What the calorific value counts: with the heat of condensation (gross, what is billed) or without. */
  readonly basis: (typeof GAS_BASES)[number];
  readonly declared?: Declared;
}

const conversion = z.strictObject({
  from: date.optional(),
  calorificKwhPerM3: z.number().min(1, "expected kWh in a cubic metre, like 11.504").max(50, "expected kWh in a cubic metre, like 11.504"),
  zFactor: z.number().positive().max(2, "expected a factor near 1, like 0.95"),
  basis: z.enum(GAS_BASES).optional(),
});

export const gasSchema = z.array(conversion).min(1);

/** Conversions of one site, or of all, oldest first; one without a date holds from the beginning. */
export function gasOf(
  rows: z.infer<typeof gasSchema> | undefined,
  { site, declared }: { site?: string; declared: (row: number) => Declared },
): GasConfig[] {
  return (rows ?? [])
    .map((row, i) => ({
      ...(site === undefined ? {} : { site }),
      ...(row.from === undefined ? {} : { fromDate: row.from }),
      calorificKwhPerM3: row.calorificKwhPerM3,
      zFactor: row.zFactor,
      basis: row.basis ?? "gross",
      declared: declared(i),
    }))
    .sort((a, b) => ((a.fromDate ?? "") < (b.fromDate ?? "") ? -1 : 1));
}
