/** Which source counts where several know a value; the last counts the most. */
export const RANKS = ["derived", "live", "device", "file", "utility"] as const;
