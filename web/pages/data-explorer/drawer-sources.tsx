import type { IntervalDetailAnswer } from "#contract/plant-intervals.ts";
import { numberText } from "#web/parts/format-number.ts";
import { flagsOf } from "#web/parts/interval-words.ts";
import { QualityMark } from "#web/parts/quality-mark.tsx";
import { columnDecimals, fixedText } from "#web/parts/resolution.ts";
import type { Decimals } from "./words.ts";

/** What every source says of the interval, the highest rank first, and which one was taken. */
export function DrawerSources({ detail, decimals }: { detail: IntervalDetailAnswer; decimals: Decimals }) {
  const sources = [...detail.sources].sort((a, b) => b.rank - a.rank);
  return (
    <section className="drawer-part">
      <h3>Sources</h3>
      {sources.length === 0 && <p className="muted">No source spoke of it.</p>}
      {sources.map((source) => (
        <div key={source.source} className="drawer-source">
          <p>
            <strong>{source.source}</strong>
            <span className={source.taken ? "tag good" : "tag"}>{source.taken ? "✓ taken" : "not taken"}</span>
          </p>
          <dl>
            <div>
              <dt>kW</dt>
              <dd>{fixedText(source.powerKw, "", decimals.kw)}</dd>
            </div>
            <div>
              <dt>kWh</dt>
              <dd>{fixedText(source.energyKwh, "", decimals.kwh)}</dd>
            </div>
            {source.pulses !== null && (
              <div>
                <dt>Pulses</dt>
                <dd>{numberText(source.pulses, { unit: "", exact: true })}</dd>
              </div>
            )}
            {source.totalKwh !== null && (
              <div>
                <dt>Register</dt>
                <dd>{fixedText(source.totalKwh, "", columnDecimals([source.totalKwh], decimals.kwh))}</dd>
              </div>
            )}
            {!source.taken && source.differenceKwh !== null && (
              <div>
                <dt>Differs by</dt>
                <dd>{differenceText(source.differenceKwh, decimals)}</dd>
              </div>
            )}
            {source.coverage < 0.995 && (
              <div>
                <dt>Observed</dt>
                <dd>{Math.floor(source.coverage * 100)}&nbsp;%</dd>
              </div>
            )}
          </dl>
          <p className="marks">
            {flagsOf({ quality: source.quality, estimated: false, source: source.source }).map((flag) => (
              <QualityMark key={flag.words} state={flag.state} words={flag.words} />
            ))}
          </p>
        </div>
      ))}
    </section>
  );
}

function differenceText(kwh: number, decimals: Decimals): string {
  const shown = Number(kwh.toFixed(decimals.kwh));
  return shown === 0 ? "nothing" : `${shown > 0 ? "+" : ""}${fixedText(shown, "kWh", decimals.kwh)}`;
}
