import { numberText } from "#web/parts/format-number.ts";

/** "+", "−", "− 0.5 ×", "× 10.2213": how often a part is counted. */
export function factorText(factor: number): string {
  const sign = factor < 0 ? "−" : "+";
  const size = Math.abs(factor);
  return size === 1 ? sign : `${sign} ${numberText(size, { unit: "", exact: true })} ×`;
}
