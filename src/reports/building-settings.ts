import type { OccupiedHours } from "#analytics/occupied-hours.ts";
import type { Decision, EquipmentDecision } from "#buildings/model.ts";
import type { RoleRule } from "#buildings/role-rule.ts";

export type HealthVariant = "seed" | "later";

/** Everything the file says about one building; each is a site. */
export interface BuildingSettings {
  readonly site: string;
  readonly siteName: string;
  readonly zone: string;
  readonly currency: string;
  /** Local dates. */
  readonly holidays: readonly string[];
  /** True where the file has the building; false where histories were found that nobody wrote about. */
  readonly declared: boolean;
  readonly occupancy: OccupiedHours;
  /** Half the width of comfort beyond the setpoints, in the unit of `bandUnit`: a difference of temperature. */
  readonly band: number;
  readonly bandUnit: "°F" | "°C";
  readonly flow: { readonly percent: number; readonly absoluteCfm: number; readonly pairingMs: number };
  readonly health: HealthVariant;
  /** Values of sensors that mean "no value": -250 and the like, in the sender's unit. */
  readonly sentinels: readonly number[];
  /** Time without any change after which a sensor is flat. */
  readonly flatMs: number;
  /** A station without any sample for this long was silent: nothing is carried over it. */
  readonly silenceMs: number;
  /** Rules of the file, tried before those built in. */
  readonly rules: readonly RoleRule[];
  readonly decisions: readonly Decision[];
  readonly equipment: readonly EquipmentDecision[];
  /** Point of the outdoor temperature; left out: the one whose role it is. */
  readonly outdoorPoint?: string;
  /** Sources by rank, best first. */
  readonly ranked: readonly string[];
}
