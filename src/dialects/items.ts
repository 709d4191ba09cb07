import type { Item, NothingReason, RejectItem } from "#readings/reading.ts";
import type { Decoded } from "./dialect.ts";
import type { FileItem } from "./file-item.ts";

/** A message that rightly carries no reading. */
export function nothing(reason: NothingReason, detail: string): Decoded {
  return { items: [{ type: "nothing", reason, detail }] };
}

/** A message that is refused as a whole. */
export function refused(reject: RejectItem): Decoded {
  return { items: [rejectItem(reject)] };
}

/** A sentence may hold names that a sender chose; a person reads no more of them than this. */
const MOST_CHARACTERS = 500;

/** A part that is refused while the rest stays. */
export function rejectItem({ code, sentence }: RejectItem): Item {
  const shown = sentence.length > MOST_CHARACTERS ? `${sentence.slice(0, MOST_CHARACTERS)}…` : sentence;
  return { type: "reject", reject: { code, sentence: shown } };
}

/** What a file or an answer said, as an item of a message that carried it. */
export function itemOf({ item }: FileItem): Item {
  return "reject" in item ? rejectItem(item.reject) : { type: "reading", reading: item.reading };
}
