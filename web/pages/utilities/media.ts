import type { MeterInfo } from "#contract/meters.ts";
import { MEDIUM_LOOK } from "#web/parts/medium.ts";

/** What flows through a meter. */
export type MeterMedium = MeterInfo["medium"];

const { electricity, gas, heat, water, other } = MEDIUM_LOOK;

/** How a medium is called and which colour variable draws it, in the order of every list. */
export const MEDIA: Readonly<Record<MeterMedium, { readonly label: string; readonly color: string }>> = {
  ...{ electricity, gas, heat, water },
  solar: { ...MEDIUM_LOOK.export, label: "Solar" },
  other,
};

export const MEDIUM_ORDER = Object.keys(MEDIA) as readonly MeterMedium[];
