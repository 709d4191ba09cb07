/**
 * The k-th smallest of the first `length` numbers, counted from 0. Their order is changed.
 * Source: C. A. R. Hoare, "Algorithm 65: find", Communications of the ACM 4 (1961).
 */
export function selectInPlace(values: Float64Array, length: number, k: number): number {
  let left = 0;
  let right = length - 1;
  while (left < right) {
    const pivot = values[k] as number;
    let i = left;
    let j = right;
    while (i <= j) {
      while ((values[i] as number) < pivot) i += 1;
      while ((values[j] as number) > pivot) j -= 1;
      if (i > j) break;
      const swapped = values[i] as number;
      values[i] = values[j] as number;
      values[j] = swapped;
      i += 1;
      j -= 1;
    }
    if (j < k) left = i;
    if (k < i) right = j;
  }
  return values[k] as number;
}

/** The middle of the first `length` numbers; of an even count the lower one of the two. Their order is changed. Missing: NaN of none. */
export function middleInPlace(values: Float64Array, length: number): number {
  return length === 0 ? Number.NaN : selectInPlace(values, length, (length - 1) >> 1);
}
