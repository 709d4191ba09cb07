import type { PlantLevel, RunningAnswer } from "#contract/plant.ts";
import { clockWords } from "#web/charts/time-words.ts";
import { useNow } from "#web/client/live.tsx";
import { moneyText } from "#web/parts/money-text.ts";
import { QualityMark } from "#web/parts/quality-mark.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import { shortNoun, verdictOf } from "./answer.ts";
import { FixedNumber, PowerNumber } from "./figure-text.tsx";
import { demandText, powerText } from "./figures.ts";
import { Gauge } from "./gauge.tsx";
import type { PlantLook } from "./plant-look.ts";
import { peakWhen } from "./words.ts";

interface RunningCardProps {
  readonly look: PlantLook;
  readonly running: RunningAnswer;
}

/** The interval that runs: where it will end, how well that is known, and what crossing a level costs. */
export function RunningCard({ look, running }: RunningCardProps) {
  const { plant, clock } = look;
  const { interval, projection } = running;
  const verdict = verdictOf(running, plant);
  const noun = shortNoun(plant.intervalMinutes);
  const stale = running.live.stale;
  return (
    <section className="card" aria-label={`Running ${noun}`}>
      <header>
        <h2>Running {noun}</h2>
        <span className="faint nowrap">
          {clockWords(clock.wallMs(interval.fromMs))} – {clockWords(clock.wallMs(interval.toMs))}
        </span>
        <div className="note">
          <Left toMs={interval.toMs} />
        </div>
      </header>
      <div className="body">
        <div className="run">
          <div>
            <p className="run-label">Will end near</p>
            <p className="num run-kw">
              <PowerNumber kw={stale ? null : projection.kw} plusMinusKw={projection.plusMinusKw} />
            </p>
            <p className="faint">
              {stale
                ? "no pulses, no projection"
                : plant.pulsesPerKwh === null && running.interval.energyKwh === null
                  ? "no kWh per pulse"
                  : doubtWords(running)}
            </p>
          </div>
          <Gauge running={running} plant={plant} />
        </div>
        {verdict && !stale && (
          <p className={`run-verdict ${verdict.tone}`}>
            <b aria-hidden="true">{verdict.sign}</b> {capital(verdict.words)}.
          </p>
        )}
        {running.levels.length > 0 ? <Levels look={look} running={running} /> : <NoLevels tariff={plant.tariff !== null} />}
        <Later running={running} />
        <PastErrors running={running} />
      </div>
    </section>
  );
}

function doubtWords({ projection }: RunningAnswer): string {
  if (projection.kw === null) return "too early to say";
  if (projection.plusMinusKw === null) return "its doubt is not known yet";
  return `±\u00a0${powerText(projection.plusMinusKw, projection.plusMinusKw)} at this minute, usually`;
}

function Left({ toMs }: { toMs: number }) {
  const left = Math.max(0, toMs - useNow());
  const minutes = Math.floor(left / 60_000);
  const seconds = Math.floor((left % 60_000) / 1000);
  return <span className="num-text">{`${minutes > 0 ? `${minutes}\u00a0min ` : ""}${seconds}\u00a0s left`}</span>;
}

function NoLevels({ tariff }: { tariff: boolean }) {
  return (
    <p className="muted run-none">
      {tariff
        ? "No demand counts in this period yet, so there is no level to stay under."
        : "No tariff is set, so no level raises a bill. Write one under “tariffs:” in wattkeep.yaml."}
    </p>
  );
}

function Levels({ look, running }: RunningCardProps) {
  const pulse = look.plant.pulseKw;
  return (
    <TableScroll>
      <table className="stack lv">
        <thead>
          <tr>
            <th>Level</th>
            <th className="n">kW</th>
            <th className="n">Left in it</th>
            <th className="n">Stays under at</th>
            <th className="n">{pulse === null ? "1\u00a0kW over costs" : `One pulse (${demandText(pulse, look.plant)}) over costs`}</th>
          </tr>
        </thead>
        <tbody>
          {running.levels.map((level) => (
            <LevelRow key={level.level} level={level} look={look} running={running} />
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

function LevelRow({ level, look, running }: RunningCardProps & { level: PlantLevel }) {
  const { plant, clock } = look;
  const against = level.against === null ? "" : level.level === "raises-bill" ? "" : "now ";
  return (
    <tr>
      <td>
        {level.level === "raises-bill" ? "Raises the bill" : "New highest"}{" "}
        <span className="faint">
          {against}
          {level.level === "raises-bill" ? "lowest that counts" : level.against && peakWhen(level.against, clock, running.nowMs)}
        </span>
      </td>
      <td className="n" data-label="kW">
        {demandText(level.kw, plant).replace(/\u00a0kW$/, "")}
      </td>
      <td className="n" data-label="Left">
        {level.passed ? <span className="bad">✕ passed</span> : <FixedNumber value={level.leftKwh} unit="kWh" decimals={1} />}
      </td>
      <td className="n" data-label="Stays under at">
        {level.passed || level.restKw === null ? "—" : <FixedNumber value={Math.max(0, level.restKw)} unit="kW" decimals={0} />}
      </td>
      <td className="n cost">
        {level.over === null ? "—" : moneyText(level.over.now, running.currency)}{" "}
        {level.over !== null && <span className="faint">{laterWords(level.over, running.currency)}</span>}
      </td>
    </tr>
  );
}

function laterWords(over: NonNullable<PlantLevel["over"]>, currency: string): string {
  return Number(over.laterHigh) === 0 ? "now, nothing later" : `now, up to ${moneyText(over.laterHigh, currency)} a period later`;
}

/** How long the ratchet would remember, and what that came to if the periods to come are like last year's. */
function Later({ running }: { running: RunningAnswer }) {
  const over = running.levels.find((level) => level.over !== null && Number(level.over.laterHigh) > 0)?.over;
  if (!over) return null;
  const expected =
    over.laterExpected === null
      ? "without a year of history nothing closer can be said"
      : `${moneyText(over.laterExpected, running.currency)} in all, if they are like last year's`;
  return (
    <p className="run-past">
      Later is in each of {over.laterPeriods} periods at the most, while the ratchet remembers; {expected}.
    </p>
  );
}

/** How far this very projection was off before, so that nobody has to believe it. */
function PastErrors({ running }: { running: RunningAnswer }) {
  const known = running.projection.past.filter((past) => past.usualErrorKw !== null && past.intervals > 0);
  if (known.length === 0) return null;
  const words = known.map(
    (past) =>
      `at minute ${past.minute} usually off by ${powerText(past.usualErrorKw, past.usualErrorKw)}, nine of ten within ${powerText(past.worstErrorKw, past.worstErrorKw)}`,
  );
  return (
    <p className="run-past">
      <QualityMark state="estimated" words="Projected:" /> {words.join("; ")} ({known[0]?.intervals.toLocaleString()} intervals).
    </p>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
