import type { MeterInfo } from "#contract/meters.ts";

/** What flows through a meter. */
export type MeterMedium = MeterInfo["medium"];

/** How a medium is called and which colour variable draws it, in the order of every list. */
export const MEDIA: Readonly<Record<MeterMedium, { readonly label: string; readonly color: string }>> = {
  electricity: { label: "Electricity", color: "--import" },
  gas: { label: "Gas", color: "--gas" },
  heat: { label: "Heat", color: "--heat" },
  water: { label: "Water", color: "--water" },
  solar: { label: "Solar", color: "--export" },
  other: { label: "Other", color: "--neutral" },
};

export const MEDIUM_ORDER = Object.keys(MEDIA) as readonly MeterMedium[];
