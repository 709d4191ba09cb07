import { QUALITY } from "#series/quality.ts";

const BAD_STATUS = /\b(?:fault|down|stale|null|disabled)\b/i;
const OVERRIDDEN = /\boverridden\b/i;
const START = /\bstart\b/i;

/** Quality bits of a status text: `{fault,stale}` is bad, `{overridden}` counts and says so, `{alarm}` and `{ok}` say nothing of the value. */
export function statusBits(status: string): number {
  if (status === "{ok}") return 0;
  return (BAD_STATUS.test(status) ? QUALITY.badStatus : 0) | (OVERRIDDEN.test(status) ? QUALITY.overridden : 0);
}

/** Quality bits of trend flags: a row marked `start` is the first after the history was off. */
export function flagBits(flags: string): number {
  return START.test(flags) ? QUALITY.recoveredAfterGap : 0;
}

/** Whether a status says that there is no value. */
export function saysNothing(status: string): boolean {
  return /\bnull\b/i.test(status);
}
