import type { Evidence } from "./model.ts";
import { AIR_HANDLER_TYPES, type EquipmentType } from "./role.ts";

/** What is known of equipment when it is asked who serves it. */
export interface Served {
  readonly id: string;
  readonly root: string;
  readonly name: string;
  readonly type: EquipmentType;
  readonly station: string;
  /** Ids of air handlers that tags and names of its points name, the most often named first. */
  readonly tagged: readonly string[];
  readonly nested: readonly string[];
}

export interface ServedBy {
  readonly servedBy: string;
  readonly servedEvidence: Evidence;
}

const CONFIDENCE = { tag: 0.95, nested: 0.9, number: 0.7, only: 0.6 } as const;

/** Which of the air handlers serves a box or a room, by what its points say, by its number, or because there is only one. */
export function servedBy(one: Served, airHandlers: readonly Served[]): ServedBy | undefined {
  const named = (id: string) => airHandlers.find((handler) => handler.id === id);
  const tagged = one.tagged.map(named).find((handler) => handler !== undefined);
  if (tagged) return told(tagged, "tag", `Tags of its points name ${tagged.name}.`);
  const nested = one.nested.map(named).find((handler) => handler !== undefined);
  if (nested) return told(nested, "nested", `Names of its points stand within ${nested.name}.`);
  const near = airHandlers.filter((handler) => handler.station === one.station);
  const candidates = near.length > 0 ? near : airHandlers;
  return byNumber(one, candidates) ?? byBeingOnly(candidates);
}

/** VAV 3-07 belongs to the only air handler numbered 3. */
function byNumber(one: Served, candidates: readonly Served[]): ServedBy | undefined {
  const numbers = numbersOf(one.root);
  if (numbers.length < 2) return undefined;
  const fitting = candidates.filter((handler) => {
    const own = numbersOf(handler.root);
    return own.length === 1 && own[0] === numbers[0];
  });
  const [handler] = fitting;
  if (handler === undefined || fitting.length > 1) return undefined;
  return told(handler, "number", `${one.name} begins with the number of ${handler.name}, and no other air handler has it.`);
}

function byBeingOnly(candidates: readonly Served[]): ServedBy | undefined {
  const [handler] = candidates;
  if (handler === undefined || candidates.length > 1) return undefined;
  return told(handler, "only", `${handler.name} is the only air handler there is.`);
}

function told(handler: Served, rule: keyof typeof CONFIDENCE, sentence: string): ServedBy {
  return { servedBy: handler.id, servedEvidence: { rule: `served-${rule}`, sentence, confidence: CONFIDENCE[rule] } };
}

/** Numbers of a root without leading zeros: `vav-3-07` → ["3", "7"]. */
function numbersOf(root: string): string[] {
  return root
    .split("-")
    .slice(1)
    .map((part) => part.replace(/^0+(?=\d)/, ""));
}

/** Whether equipment serves others with air. */
export function isAirHandler(one: { readonly type: EquipmentType }): boolean {
  return AIR_HANDLER_TYPES.includes(one.type);
}
