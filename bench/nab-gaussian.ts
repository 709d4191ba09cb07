/** Values looked back on, and how many of them change at once. */
const WINDOW = 6400;
const STEP = 100;
/** The published threshold of 1 at twelve digits: one minus the tail of a normal distribution is 1 from so many deviations on. */
const DEVIATIONS = 7.13045;

/**
 * Which values a sliding normal distribution calls impossible: a second, simple detector whose scores were published per series, so
 * that our scoring can be held against them.
 */
export function windowedGaussian(value: Float64Array): boolean[] {
  let from = 0;
  let to = 0;
  let mean = 0;
  let deviation = 1;
  const measure = (): void => {
    const window = value.subarray(from, to);
    mean = window.reduce((sum, one) => sum + one, 0) / window.length;
    deviation = Math.sqrt(window.reduce((sum, one) => sum + (one - mean) ** 2, 0) / window.length) || 1e-6;
  };
  return Array.from(value, (one, i) => {
    const isImpossible = to > 0 && Math.abs(one - mean) >= DEVIATIONS * deviation;
    if (i < WINDOW) {
      to = i + 1;
      measure();
    } else if (i + 1 - to === STEP) {
      from += STEP;
      to += STEP;
      measure();
    }
    return isImpossible;
  });
}
