const MOST_DIGITS = 6;
/** Numbers that were scaled are off by so much of a digit. */
const ROUNDING = 1e-4;

/**
 * What the last digit of a register is worth, as far as its readings tell.
 * Units:   of the readings.
 * Missing: 1 where all readings are whole, or there are none.
 */
export function resolutionOf(values: Float64Array): number {
  let digits = 0;
  let scale = 1;
  for (let i = 0; i < values.length && digits < MOST_DIGITS; i += 1) {
    let scaled = (values[i] as number) * scale;
    while (Math.abs(scaled - Math.round(scaled)) > ROUNDING && digits < MOST_DIGITS) {
      digits += 1;
      scale *= 10;
      scaled = (values[i] as number) * scale;
    }
  }
  return 1 / scale;
}
