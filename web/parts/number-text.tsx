import { type NumberStyle, shownNumber } from "./format-number.ts";

/** A number with its unit set smaller, joined so that they never part. Null is "—". */
export function NumberText({ value, ...style }: NumberStyle & { value: number | null | undefined }) {
  const shown = shownNumber(value, style);
  return (
    <>
      {shown.number}
      {shown.unit !== "" && <i>{`\u00a0${shown.unit}`}</i>}
    </>
  );
}
