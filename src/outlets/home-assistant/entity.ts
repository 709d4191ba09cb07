/** One number of ours as Home Assistant knows it, and what it is now. */
export interface Entity {
  /** Unique within its device: `bought-today`. */
  readonly key: string;
  readonly name: string;
  readonly deviceClass: "energy" | "power" | "monetary";
  /** `total` counts up and begins again at `lastReset`; `measurement` is what is now. Money may only be a total. */
  readonly stateClass: "measurement" | "total";
  readonly unit: string;
  /** Decimal text. Missing: null, which is shown as unknown. */
  readonly value: string | null;
  /** Local instant with offset at which a total began. */
  readonly lastReset?: string;
  /** Decimals people read. */
  readonly decimals: number;
}

/** What belongs together under one name in Home Assistant. */
export interface EntityDevice {
  /** Unique, of letters, digits, `-` and `_`: `home_main`. */
  readonly id: string;
  readonly name: string;
  readonly model: string;
  readonly entities: readonly Entity[];
}

/** Decimal text with so many decimals at most; null for what is not known. */
export function textOf(value: number | undefined, decimals: number): string | null {
  return value === undefined || !Number.isFinite(value) ? null : String(Number(value.toFixed(decimals)));
}

const OTHERS = /[^A-Za-z0-9_-]+/g;

/** An id of ours as a part of topics and unique ids; what it loses of other letters is told apart by a number. */
export function partOf(id: string): string {
  const plain = id.replaceAll(".", "_");
  const part = plain.replace(OTHERS, "_");
  return part === plain ? part : `${part}_${numberOf(id)}`;
}

/** Source: FNV-1a, 32 bits. */
function numberOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(36);
}
