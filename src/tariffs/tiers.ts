import type { Decimal } from "decimal.js";
import { decimal, ZERO } from "./money.ts";
import type { Tiers } from "./plan.ts";

/** What falls into one tier. */
export interface TierPart {
  readonly rate: Decimal;
  readonly quantity: Decimal;
  /** Limits of the tier; above the last limit there is none. */
  readonly above: Decimal;
  readonly upTo?: Decimal;
}

/** A quantity cut by tiers whose limits are all multiplied by `scale`. The first tier is always told, the others where something falls into them. */
export function tierParts(tiers: Tiers, quantity: Decimal, scale: Decimal): TierPart[] {
  let above = ZERO;
  const parts: TierPart[] = [];
  for (const [i, tier] of tiers.entries()) {
    const upTo = tier.upTo === undefined ? undefined : decimal(tier.upTo).times(scale);
    const top = upTo === undefined || quantity.lessThan(upTo) ? quantity : upTo;
    const within = top.minus(above);
    if (i === 0 || within.greaterThan(ZERO))
      parts.push({ rate: decimal(tier.rate), quantity: within, above, ...(upTo === undefined ? {} : { upTo }) });
    if (upTo !== undefined) above = upTo;
  }
  return parts;
}

/** `up to 1000 kWh`, `above 1000 kWh`. */
export function tierText({ above, upTo }: TierPart, unit: string): string {
  if (upTo === undefined) return `above ${above} ${unit}`;
  return above.isZero() ? `up to ${upTo} ${unit}` : `${above} to ${upTo} ${unit}`;
}
