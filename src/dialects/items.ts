import type { Item, NothingReason, RejectItem } from "#readings/reading.ts";
import type { Decoded } from "./dialect.ts";

/** A message that rightly carries no reading. */
export function nothing(reason: NothingReason, detail: string): Decoded {
  return { items: [{ type: "nothing", reason, detail }] };
}

/** A message that is refused as a whole. */
export function refused(reject: RejectItem): Decoded {
  return { items: [{ type: "reject", reject }] };
}

/** A part that is refused while the rest stays. */
export function rejectItem(reject: RejectItem): Item {
  return { type: "reject", reject };
}
