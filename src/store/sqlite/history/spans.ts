/** Half-open in time: [fromMs, toMs). */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Widened to multiples of `stepMs`. */
export function widen(span: Span, stepMs: number): Span {
  return { fromMs: Math.floor(span.fromMs / stepMs) * stepMs, toMs: Math.ceil(span.toMs / stepMs) * stepMs };
}

/** What both have; empty spans have toMs <= fromMs. */
export function intersect(a: Span, b: Span): Span {
  return { fromMs: Math.max(a.fromMs, b.fromMs), toMs: Math.min(a.toMs, b.toMs) };
}

export function isEmpty(span: Span): boolean {
  return !(span.fromMs < span.toMs);
}

/** The spans in rising order, those that overlap or touch made one. */
export function join(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.fromMs - b.fromMs)) {
    const last = joined[joined.length - 1];
    if (last !== undefined && span.fromMs <= last.toMs) {
      joined[joined.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, span.toMs) };
    } else if (!isEmpty(span)) {
      joined.push(span);
    }
  }
  return joined;
}
