import type { CSSProperties } from "react";
import type { MeterDetailAnswer } from "#contract/meters.ts";
import { numberText } from "#web/parts/format-number.ts";
import { MEDIA } from "./media.ts";

const MONTHS = ["J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D"];
const FROM = {
  file: "as the file says",
  page: "as said on this page",
  learned: "learned from its own readings",
  none: "spread evenly",
} as const;

/** The share of each month by which gaps are filled, and what was written sums to. */
export function PatternBars({ meter }: { meter: MeterDetailAnswer }) {
  const { pattern, patternFrom, patternSum, medium } = meter;
  if (meter.kind !== "physical") return null;
  const most = Math.max(1e-9, ...pattern.map((percent) => percent ?? 0));
  const known = patternFrom !== "none" && pattern.some((percent) => percent !== null);
  const sum =
    patternSum === null || !known || Math.abs(patternSum - 100) < 0.05
      ? ""
      : `; written, it sums to ${numberText(patternSum, { unit: "" })} and is taken as shares of that`;
  return (
    <div className="meter-pattern">
      <p className="faint">
        Gaps are filled by month: {FROM[patternFrom]}
        {sum}
      </p>
      {known && (
        <ol style={{ "--c": `var(${MEDIA[medium].color})` } as CSSProperties}>
          {pattern.map((percent, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a month is its place in the year
            <li key={index} title={`${percent === null ? "—" : numberText(percent, { unit: "%" })}`}>
              <span className="meter-pattern-bar">
                <i style={{ height: `${((percent ?? 0) / most) * 100}%` }} />
              </span>
              <span className="meter-pattern-month">
                {MONTHS[index]}
                <span className="read-aloud"> {percent === null ? "not known" : `${numberText(percent, { unit: "" })} percent`}</span>
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
