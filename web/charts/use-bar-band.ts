import { type PointerEvent, useRef, useState } from "react";
import type { BarFrame, BarScene } from "./bar-scene.ts";

/** Shorter drags are a hand that shook. */
const LEAST_PX = 8;
const HOLD_MS = 380;

interface BarBand {
  readonly begin: (event: PointerEvent<HTMLElement>) => void;
  readonly move: (event: PointerEvent<HTMLElement>) => void;
  /** Whether a stretch was drawn, and told. */
  readonly end: (event: PointerEvent<HTMLElement>) => boolean;
  readonly cancel: () => void;
  /** The stretch while it is drawn. Units: CSS pixels in the box. */
  readonly shown: { readonly left: number; readonly width: number } | undefined;
}

/** A stretch of bars drawn by dragging: a mouse draws at once, a finger after it was held still, so that a page still scrolls. */
export function useBarBand(scene: BarScene, frame: BarFrame, onZoom: ((fromX: number, toX: number) => void) | undefined): BarBand {
  const start = useRef<{ readonly x: number; readonly atMs: number; readonly touch: boolean }>(undefined);
  const [shown, setShown] = useState<BarBand["shown"]>();
  const place = (event: PointerEvent<HTMLElement>): number => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    return Math.min(frame.right, Math.max(frame.left, x));
  };
  const clear = () => {
    start.current = undefined;
    setShown(undefined);
  };
  const bandOf = (event: PointerEvent<HTMLElement>): BarBand["shown"] => {
    const from = start.current;
    if (from === undefined) return undefined;
    const x = place(event);
    return Math.abs(x - from.x) < LEAST_PX ? undefined : { left: Math.min(x, from.x), width: Math.abs(x - from.x) };
  };
  return {
    begin(event) {
      if (onZoom === undefined || event.button !== 0) return;
      start.current = { x: place(event), atMs: event.timeStamp, touch: event.pointerType !== "mouse" };
      if (event.pointerType === "mouse") event.currentTarget.setPointerCapture(event.pointerId);
    },
    move(event) {
      const from = start.current;
      if (from === undefined) return;
      const band = bandOf(event);
      // A finger that moves at once scrolls or reads; one that rested first draws.
      if (from.touch && shown === undefined && band !== undefined && event.timeStamp - from.atMs < HOLD_MS) return clear();
      setShown(band);
    },
    end(event) {
      const band = bandOf(event);
      clear();
      if (band === undefined || onZoom === undefined) return false;
      const perPx = (scene.toX - scene.fromX) / (frame.right - frame.left);
      const at = (px: number) => scene.fromX + (px - frame.left) * perPx;
      onZoom(at(band.left), at(band.left + band.width));
      return true;
    },
    cancel: clear,
    shown,
  };
}
