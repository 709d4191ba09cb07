import type { MeterReading } from "#contract/meter-history.ts";
import { readDecimal } from "#web/parts/read-decimal.ts";
import type { CorrectionWish } from "./use-correcting.ts";

/** What somebody filled in so far. */
export interface CorrectionDraft {
  readonly action: CorrectionWish["action"];
  /** The reading that is changed or left out. */
  readonly reading: Pick<MeterReading, "series" | "tMs"> | undefined;
  /** Of a reading that is added: the series it joins. */
  readonly series: string | undefined;
  /** Clock of the site, as the field for date and time has it. */
  readonly at: string;
  readonly until: string;
  readonly value: string;
  readonly why: string;
}

/** A field and what is missing in it. */
export interface Missing {
  readonly field: "reading" | "at" | "until" | "value" | "why";
  readonly sentence: string;
}

const instant = (tMs: number): string => new Date(tMs).toISOString();

/** What is asked of the server, or the first thing that is not said yet. */
export function wishOfDraft(draft: CorrectionDraft): CorrectionWish | Missing {
  const { action, reading, series, at, until } = draft;
  const named = action === "set" || action === "delete" ? reading?.series : series;
  if (named === undefined) return { field: "reading", sentence: "Choose the reading." };
  if (action === "add" && at === "") return { field: "at", sentence: "Say when the dial showed it." };
  if (action === "offset" && at === "") return { field: "at", sentence: "Say from when." };
  if (action === "offset" && until < at) return { field: "until", sentence: "Say until when: not before it begins." };
  const value = action === "delete" ? null : readDecimal(draft.value);
  if (value === undefined) {
    return {
      field: "value",
      sentence: draft.value.trim() === "" ? "Type the number." : "That is no number. Digits, and one comma or point.",
    };
  }
  const why = draft.why.trim();
  if (why === "") return { field: "why", sentence: "Say why: whoever looks next year wants to know." };
  const from = action === "set" || action === "delete" ? instant(reading?.tMs ?? 0) : at;
  return { series: named, action, from, ...(action === "offset" ? { to: until } : {}), value, why };
}

export const isMissing = (wish: CorrectionWish | Missing): wish is Missing => "field" in wish;
