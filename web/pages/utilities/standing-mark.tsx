import { QualityMark } from "#web/parts/quality-mark.tsx";
import { STANDINGS, type Standing } from "./standing.ts";

/** How a meter stands: one sign and one word. */
export function StandingMark({ standing, because }: { standing: Standing; because: string }) {
  const { word, mark, sign, tone } = STANDINGS[standing];
  const title = because === "" ? undefined : because;
  if (mark !== undefined) return <QualityMark state={mark} words={word} title={title} />;
  return (
    <span className={`util-standing ${tone ?? ""}`} title={title}>
      <span aria-hidden="true">{sign}</span> {word}
    </span>
  );
}
