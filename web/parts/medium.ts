import type { Medium } from "#contract/names.ts";

/** How a family of quantities is called and which colour variable draws it. */
export const MEDIUM_LOOK: Readonly<Record<Medium, { readonly label: string; readonly color: string }>> = {
  electricity: { label: "Electricity", color: "--import" },
  export: { label: "Solar and export", color: "--export" },
  gas: { label: "Gas", color: "--gas" },
  water: { label: "Water", color: "--water" },
  heat: { label: "Heat", color: "--heat" },
  climate: { label: "Temperature and air", color: "--neutral" },
  price: { label: "Price", color: "--price" },
  other: { label: "Other", color: "--neutral" },
};
