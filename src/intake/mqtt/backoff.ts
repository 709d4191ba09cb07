export interface BackoffBounds {
  readonly minMs: number;
  readonly maxMs: number;
}

/**
 * How long to wait before attempt `attempt` (from 0): doubles up to the bound, and half of it is chance,
 * so that many clients of a broker that came back do not return in step.
 */
export function backoffMs(attempt: number, bounds: BackoffBounds, random: () => number): number {
  const ceiling = Math.min(bounds.maxMs, bounds.minMs * 2 ** Math.min(attempt + 1, 30));
  return Math.max(bounds.minMs, Math.round(ceiling * (0.5 + random() / 2)));
}
