/** When something was on. */
export interface SwitchRun {
  readonly fromMs: number;
  readonly toMs: number;
  /** True where both its start and its end were seen. */
  readonly whole: boolean;
}

/**
 * Runs of a switch: from the first sample that is on to the first that is off. Fits polled samples and those sent on change.
 * Units:   above zero is on.
 * Missing: NaN ends a run at its last known instant, and hides the start or the end next to it; what is on at the end lasts to `toMs`.
 */
export function switchRuns(samples: { readonly tMs: Float64Array; readonly value: Float64Array }, toMs: number): SwitchRun[] {
  const { tMs, value } = samples;
  const runs: SwitchRun[] = [];
  let fromMs = Number.NaN;
  let startSeen = false;
  let before = Number.NaN;
  for (let i = 0; i < tMs.length; i += 1) {
    const now = value[i] as number;
    const on = now > 0;
    const wasOn = before > 0;
    if (on && !wasOn) [fromMs, startSeen] = [tMs[i] as number, !Number.isNaN(before)];
    if (wasOn && !on) {
      const endMs = Number.isNaN(now) ? (tMs[i - 1] as number) : (tMs[i] as number);
      runs.push({ fromMs, toMs: endMs, whole: startSeen && !Number.isNaN(now) });
    }
    before = now;
  }
  if (before > 0) runs.push({ fromMs, toMs: Math.max(toMs, tMs.at(-1) as number), whole: false });
  return runs;
}
