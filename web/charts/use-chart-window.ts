import { type Ref, type RefObject, useEffect, useImperativeHandle, useRef, useState } from "react";
import type { ChartHandle } from "./chart-handle.ts";
import { chartPng } from "./chart-png.ts";
import { type ChartStack, chartStack, panned, zoomed } from "./chart-stack.ts";
import { type CursorStore, cursorStore } from "./cursor-store.ts";
import type { TimeSpan } from "./time-ticks.ts";

interface WindowParts {
  readonly span: TimeSpan;
  readonly selection?: TimeSpan | undefined;
  readonly onSpan: (span: TimeSpan) => void;
  readonly handle?: Ref<ChartHandle>;
}

interface ChartWindow {
  readonly stack: ChartStack;
  readonly cursor: CursorStore;
  /** What is drawn for a PNG: everything below it. */
  readonly box: RefObject<HTMLElement | null>;
}

/** Window, cursor and selection of a chart, kept as its props say, and the handle a page moves it by. */
export function useChartWindow(props: WindowParts): ChartWindow {
  const { span, selection, handle } = props;
  const box = useRef<HTMLElement>(null);
  const newest = useRef(props);
  newest.current = props;
  const [cursor] = useState(cursorStore);
  const [stack] = useState(() => chartStack({ span, onSettle: (settled) => newest.current.onSpan(settled) }));
  useEffect(() => stack.follow(span), [stack, span]);
  useEffect(() => stack.select(selection), [stack, selection]);
  useEffect(() => () => stack.destroy(), [stack]);
  useImperativeHandle(
    handle,
    () => ({
      pan: (share) => stack.move(panned(stack.span(), share)),
      zoom: (factor) => stack.move(zoomed(stack.span(), factor, 0.5)),
      png: async (title) => (box.current === null ? undefined : chartPng(box.current, title)),
    }),
    [stack],
  );
  return { stack, cursor, box };
}
