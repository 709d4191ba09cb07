import { type RefObject, useEffect, useRef } from "react";

/** A canvas scaled to the screen's own pixels; width and height are CSS pixels. */
export interface CanvasSize {
  readonly width: number;
  readonly height: number;
}

/**
 * A canvas that is drawn again whenever its box, the screen's pixel ratio or `draw` changes.
 * `draw` gets a cleared context whose unit is one CSS pixel.
 */
export function useCanvas(draw: (context: CanvasRenderingContext2D, size: CanvasSize) => void): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(draw);
  useEffect(() => {
    latest.current = draw;
    if (canvas.current !== null) paint(canvas.current, draw);
  }, [draw]);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => paint(element, latest.current));
    observeWithPixels(observer, element);
    return () => observer.disconnect();
  }, []);
  return canvas;
}

/** A move to a screen of another density changes the device-pixel box even where the CSS box stays; not every browser has it. */
export function observeWithPixels(observer: ResizeObserver, element: Element): void {
  try {
    observer.observe(element, { box: "device-pixel-content-box" });
  } catch {
    observer.observe(element);
  }
}

function paint(element: HTMLCanvasElement, draw: (context: CanvasRenderingContext2D, size: CanvasSize) => void): void {
  const width = element.clientWidth;
  const height = element.clientHeight;
  const context = element.getContext("2d");
  if (context === null || width === 0 || height === 0) return;
  const ratio = devicePixelRatio || 1;
  const deviceWidth = Math.round(width * ratio);
  const deviceHeight = Math.round(height * ratio);
  if (element.width !== deviceWidth) element.width = deviceWidth;
  if (element.height !== deviceHeight) element.height = deviceHeight;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  draw(context, { width, height });
}
