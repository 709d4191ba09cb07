import type { ReactNode } from "react";
import type { PlantSpell, SummaryAnswer } from "#contract/plant.ts";
import { useNow } from "#web/client/live.tsx";
import { Card } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { moneyText } from "#web/parts/money-text.ts";
import { changeText, demandText, energyText } from "./figures.ts";
import type { PlantLook } from "./plant-look.ts";
import { peakWhen } from "./words.ts";

interface SpellsCardProps {
  readonly look: PlantLook;
  readonly summary: SummaryAnswer;
}

/** Today, the month and the billing period, each with what it is to be compared with. */
export function SpellsCard({ look, summary }: SpellsCardProps) {
  const { today, month, period, previous, currency } = summary;
  const { plant } = look;
  return (
    <Card title="Today, month, period">
      <Spell title="Today" spell={today} {...{ look, currency }}>
        <Fact words={compareWords(today.changePercent, `yesterday by now, ${energyText(today.yesterdayToTimeKwh)}`)} />
        <Fact words={riskWords(today.shareOfHighestPercent, summary, look)} />
      </Spell>
      <Spell title="This month" spell={month} {...{ look, currency }}>
        <Fact
          words={
            month.pacePercent === null
              ? undefined
              : `${month.pacePercent.toFixed(1)}\u00a0% of the usual pace; a day has ${energyText(month.meanDayKwh)}`
          }
        />
      </Spell>
      {period ? (
        <Spell title="Billing period" spell={period} {...{ look, currency }}>
          <Fact
            words={
              period.demandCost === null
                ? undefined
                : `demand ${moneyText(period.demandCost, currency)}, energy ${moneyText(period.energyCostToDate, currency)}`
            }
          />
          <Fact
            words={
              previous === null
                ? undefined
                : compareWords(previous.demandChangePercent, `the demand billed before, ${demandText(previous.billedKw, plant)}`)
            }
          />
        </Spell>
      ) : (
        <p className="faint spell">Billing period: not configured. Give the tariff an anchor or read dates.</p>
      )}
      {summary.costOf100KwYear !== null && (
        <p className="faint spell">100 kW more billing demand cost {moneyText(summary.costOf100KwYear, currency)} a year.</p>
      )}
      {summary.remarks.map((remark) => (
        <p className="faint spell" key={remark}>
          {remark}
        </p>
      ))}
    </Card>
  );
}

function Fact({ words }: { words: string | undefined }) {
  return words === undefined ? null : <li>{words}</li>;
}

interface SpellProps {
  readonly title: string;
  readonly spell: PlantSpell;
  readonly look: PlantLook;
  readonly currency: string;
  readonly children: ReactNode;
}

function Spell({ title, spell, look: { plant, clock }, currency, children }: SpellProps) {
  const nowMs = useNow(60_000);
  const { peak, peakWithExcluded } = spell;
  const excluded = peakWithExcluded !== null && peakWithExcluded.kw > (peak?.kw ?? 0) + 1e-9;
  return (
    <div className="spell">
      <h3>
        {title}
        <span className="num">{energyText(spell.energyKwh)}</span>
      </h3>
      <ul>
        {spell.energyCost !== null && <li>energy {moneyText(spell.energyCost, currency)}</li>}
        {peak && (
          <li>
            highest {demandText(peak.kw, plant)}, {peakWhen(peak, clock, nowMs)}
          </li>
        )}
        {excluded && <li>{demandText(peakWithExcluded.kw, plant)} with what R17 leaves out</li>}
        {spell.missing > 0 && <li className="q missing">{countText(spell.missing)} missing</li>}
        {children}
      </ul>
    </div>
  );
}

function compareWords(percent: number | null, what: string): string | undefined {
  const change = changeText(percent);
  return change === undefined ? undefined : change === "as before" ? `as ${what}` : `${change} on ${what}`;
}

/** How near today's peak is to the highest of the look-back: a sign and a word. */
function riskWords(share: number | null, { highest }: SummaryAnswer, { plant }: PlantLook): string | undefined {
  if (share === null || highest === null) return undefined;
  const of = `of the highest in 12 months, ${demandText(highest.kw, plant)}`;
  const sign = share >= 95 ? "✕ Risk: " : share >= 90 ? "! Watch: " : "";
  return `${sign}${sign === "" ? "T" : "t"}oday's peak is ${share.toFixed(1)}\u00a0% ${of}`;
}
