/**
 * What a stored number means. `counter` only grows until the device restarts; `delta` is the amount since the
 * sender's last message; `interval` is an amount or mean over [end - length, end) and stored at its end.
 */
export const KINDS = ["counter", "delta", "interval", "gauge", "state", "price"] as const;

export type Kind = (typeof KINDS)[number];
