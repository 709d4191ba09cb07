/** A number in [0, 1) that depends on its arguments alone: the demo's only source of chance. */
export function chance(seed: number, k: number): number {
  let h = (Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(k | 0, 0x85ebca6b) ^ Math.imul(Math.floor(k / 0x1_0000_0000), 0xc2b2ae35)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return ((h ^ (h >>> 16)) >>> 0) / 0x1_0000_0000;
}

/** Roughly normal with mean 0 and deviation 1, within ±3. */
export function jitter(seed: number, k: number): number {
  return (chance(seed, k) + chance(seed + 101, k) + chance(seed + 202, k) + chance(seed + 303, k) - 2) * Math.sqrt(3);
}

/** Smooth between whole steps of k, so that neighbouring instants agree: range as `jitter`. */
export function drift(seed: number, k: number): number {
  const floor = Math.floor(k);
  const share = k - floor;
  const eased = share * share * (3 - 2 * share);
  return jitter(seed, floor) * (1 - eased) + jitter(seed, floor + 1) * eased;
}

/** A bell around `centre` hours, `width` hours wide, of height 1. */
export function bell(hour: number, centre: number, width: number): number {
  const away = (hour - centre) / width;
  return Math.exp(-away * away);
}
