import { type ChartStack, panned, zoomed } from "./chart-stack.ts";
import type { TimeSpan } from "./time-ticks.ts";

/**
 * What pointers on a chart mean. Drag zooms, Shift and drag selects, Ctrl and wheel zooms at the pointer, two fingers move and pinch.
 * With `dragSelects` every drag of a pointer selects, a finger's too, and Shift and drag zooms.
 */
export interface GestureParts {
  readonly dragSelects?: boolean;
  readonly area: HTMLElement;
  readonly stack: ChartStack;
  readonly onZoom: (span: TimeSpan) => void;
  readonly onSelect: (span: TimeSpan) => void;
  readonly onBack: () => void;
}

const DRAG_LEAST_PX = 5;
/** A selection changes numbers beside the picture: a hand that only shook must not make one. */
const SELECT_LEAST_PX = 10;
const HOLD_MS = 380;
const DOUBLE_TAP_MS = 320;
const WHEEL_ZOOM = 0.0022;

interface Touch {
  readonly id: number;
  x: number;
}

/** Listens on one plotting area; the answer stops listening. */
export function listenGestures(parts: GestureParts): () => void {
  const stop = new AbortController();
  listenMouse(parts, stop.signal);
  listenWheel(parts, stop.signal);
  listenTouch(parts, stop.signal);
  return () => stop.abort();
}

function listenMouse({ area, stack, onZoom, onSelect, onBack, dragSelects = false }: GestureParts, signal: AbortSignal): void {
  const leastPx = dragSelects ? SELECT_LEAST_PX : DRAG_LEAST_PX;
  let finger = false;
  area.addEventListener(
    "pointerdown",
    (down) => {
      finger = down.pointerType === "touch";
      if (finger || down.button !== 0) return;
      const startX = offsetIn(area, down.clientX);
      const select = down.shiftKey !== dragSelects;
      const end = new AbortController();
      const until = { signal: AbortSignal.any([signal, end.signal]) };
      const move = (event: PointerEvent) => {
        const x = offsetIn(area, event.clientX);
        stack.drag(Math.abs(x - startX) < leastPx ? undefined : [startX, x]);
      };
      const finish = (event: PointerEvent | undefined) => {
        end.abort();
        stack.drag(undefined);
        if (event === undefined) return;
        const x = offsetIn(area, event.clientX);
        if (Math.abs(x - startX) < leastPx) return;
        const span = spanBetween(stack, startX, x);
        if (select) onSelect(span);
        else onZoom(span);
      };
      addEventListener("pointermove", move, until);
      addEventListener("pointerup", (event) => finish(event), until);
      addEventListener("pointercancel", () => finish(undefined), until);
      addEventListener("keydown", (event) => event.key === "Escape" && finish(undefined), until);
      area.closest<HTMLElement>("[tabindex]")?.focus({ preventScroll: true });
    },
    { signal },
  );
  // Text of the page must not be selected while a band is drawn; the cursor's own listeners still hear the move.
  area.addEventListener("mousedown", (event) => event.preventDefault(), { signal });
  // Two taps are a double click to the browser too; touch has its own way back.
  area.addEventListener("dblclick", () => !finger && onBack(), { signal });
}

function listenWheel({ area, stack }: GestureParts, signal: AbortSignal): void {
  const turn = (event: WheelEvent) => {
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const at = offsetIn(area, event.clientX) / area.clientWidth;
      stack.move(zoomed(stack.span(), Math.exp(event.deltaY * unit * WHEEL_ZOOM), at));
    } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      stack.move(panned(stack.span(), (event.deltaX * unit) / area.clientWidth));
    }
  };
  area.addEventListener("wheel", turn, { signal, passive: false });
}

/** One finger reads, held a moment (or at once, with `dragSelects`) it selects, two move and pinch, two quick taps go back. Vertical moves scroll the page. */
function listenTouch({ area, stack, onSelect, onBack, dragSelects = false }: GestureParts, signal: AbortSignal): void {
  const touches: Touch[] = [];
  let holding: ReturnType<typeof setTimeout> | undefined;
  let selectFromX: number | undefined;
  let downX = 0;
  let moved = false;
  let lastTapMs = Number.NEGATIVE_INFINITY;

  const down = (event: PointerEvent) => {
    if (event.pointerType !== "touch") return;
    const x = offsetIn(area, event.clientX);
    downX = x;
    touches.push({ id: event.pointerId, x });
    area.setPointerCapture(event.pointerId);
    clearTimeout(holding);
    moved = touches.length > 1;
    if (touches.length === 1) holding = setTimeout(() => (selectFromX = x), HOLD_MS);
    else selectFromX = undefined;
    stack.drag(undefined);
    if (touches.length === 1) stack.cursor(x);
  };
  const move = (event: PointerEvent) => {
    const touch = touches.find((one) => one.id === event.pointerId);
    if (touch === undefined) return;
    const before = touches.map((one) => one.x);
    const x = offsetIn(area, event.clientX);
    if (Math.abs(x - touch.x) > DRAG_LEAST_PX) {
      moved = true;
      if (selectFromX === undefined) clearTimeout(holding);
    }
    if (dragSelects && touches.length === 1 && Math.abs(x - downX) >= SELECT_LEAST_PX) selectFromX ??= downX;
    if (touches.length === 2) {
      touch.x = x;
      pinch(stack, area.clientWidth, { before, after: touches.map((one) => one.x) });
    } else if (selectFromX !== undefined) stack.drag([selectFromX, x]);
    else stack.cursor(x);
  };
  const up = (event: PointerEvent) => {
    const index = touches.findIndex((one) => one.id === event.pointerId);
    if (index < 0) return;
    touches.splice(index, 1);
    clearTimeout(holding);
    const x = offsetIn(area, event.clientX);
    if (selectFromX !== undefined) {
      stack.drag(undefined);
      if (event.type === "pointerup" && Math.abs(x - selectFromX) >= DRAG_LEAST_PX) onSelect(spanBetween(stack, selectFromX, x));
      selectFromX = undefined;
    } else if (!moved && touches.length === 0 && event.type === "pointerup") {
      if (event.timeStamp - lastTapMs < DOUBLE_TAP_MS) onBack();
      lastTapMs = event.timeStamp;
    }
  };
  area.addEventListener("pointerdown", down, { signal });
  area.addEventListener("pointermove", move, { signal });
  area.addEventListener("pointerup", up, { signal });
  area.addEventListener("pointercancel", up, { signal });
  area.addEventListener("contextmenu", (event) => selectFromX !== undefined && event.preventDefault(), { signal });
}

interface Fingers {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** The instants under the two fingers stay under them. */
function pinch(stack: ChartStack, width: number, { before, after }: Fingers): void {
  const [a0 = 0, b0 = 0] = before;
  const [a1 = 0, b1 = 0] = after;
  const span = stack.span();
  const perPx = (span.toMs - span.fromMs) / width;
  const apart = Math.max(24, Math.abs(b1 - a1));
  const nextPerPx = (Math.max(24, Math.abs(b0 - a0)) * perPx) / apart;
  const middleMs = span.fromMs + ((a0 + b0) / 2) * perPx;
  const fromMs = middleMs - ((a1 + b1) / 2) * nextPerPx;
  stack.move({ fromMs, toMs: fromMs + width * nextPerPx });
}

function spanBetween(stack: ChartStack, a: number, b: number): TimeSpan {
  const span = stack.span();
  const width = Math.max(1, stack.widthPx());
  const at = (x: number) => Math.round(span.fromMs + (Math.min(width, Math.max(0, x)) / width) * (span.toMs - span.fromMs));
  return { fromMs: at(Math.min(a, b)), toMs: at(Math.max(a, b)) };
}

const offsetIn = (area: HTMLElement, clientX: number): number => clientX - area.getBoundingClientRect().left;
