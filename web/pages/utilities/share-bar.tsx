import type { CSSProperties } from "react";
import type { MeterFigureAnswer } from "#contract/meters.ts";
import { measuredShare } from "./words.ts";

/** How much of an amount was measured, as a small bar of two parts; the words stand beside it. */
export function ShareBar({ figure, color }: { figure: Pick<MeterFigureAnswer, "amount" | "measured">; color: string }) {
  const share = measuredShare(figure);
  if (share === undefined) return null;
  return (
    <span className="util-share" aria-hidden="true" style={{ "--c": `var(${color})` } as CSSProperties}>
      <i style={{ width: `${share * 100}%` }} />
    </span>
  );
}
