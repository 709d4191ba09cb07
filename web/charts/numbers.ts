/** One format per number of digits: making one costs more than a thousand uses of it. */
function numberFormats(): (digits: number) => Intl.NumberFormat {
  const known = new Map<number, Intl.NumberFormat>();
  return (digits) => {
    const found = known.get(digits) ?? new Intl.NumberFormat(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    known.set(digits, found);
    return found;
  };
}

const formatOf = numberFormats();

/** Numbers as the reader's locale writes them, with a true minus and — for what is not known. */
export function numberWords(value: number, digits: number): string {
  if (!Number.isFinite(value)) return "—";
  const shown = formatOf(digits).format(Math.abs(value));
  return value < 0 && /[1-9]/.test(shown) ? `−${shown}` : shown;
}

/** Digits after the point that leave three significant ones. */
export function threeDigits(value: number): number {
  const size = Math.abs(value);
  if (!(size > 0)) return 0;
  return Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(size) + 1e-9)));
}

/** Digits after the point that tell neighbouring marks of an axis apart. */
export function stepDigits(step: number): number {
  if (!(step > 0)) return 0;
  for (let digits = 0; digits < 8; digits++) {
    const scaled = step * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * scaled) return digits;
  }
  return 8;
}

/** Marks of a value axis, about `count`, but two at least: one alone gives no scale. */
export function axisTicks(low: number, high: number, count: number): number[] {
  for (let wanted = count; wanted < count + 6; wanted++) {
    const ticks = valueTicks(low, high, wanted);
    if (ticks.length >= 2) return ticks;
  }
  return valueTicks(low, high, count);
}

/** Round marks of a value axis, about `count` of them, ascending. */
export function valueTicks(low: number, high: number, count: number): number[] {
  const raw = (high - low) / Math.max(1, count);
  if (!(raw > 0) || !Number.isFinite(raw)) return [];
  const size = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * size >= raw * 0.999) ?? 10) * size;
  const ticks: number[] = [];
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index++) ticks.push(index === 0 ? 0 : index * step);
  return ticks;
}
