import { useState } from "react";
import type { HomeFigures, HomeSummaryAnswer } from "#contract/home.ts";
import { moneyText } from "#web/parts/money-text.ts";
import { Fact, parted } from "./fact.tsx";
import type { HomeLook } from "./home-look.ts";
import { roughMoney } from "./money.ts";
import { dateWords, energyText, monthName } from "./words.ts";

interface PeriodsCardProps {
  readonly look: HomeLook;
  readonly summary: HomeSummaryAnswer;
}

/** Today, week, month and year in energy and money, and how the instalments stand against them. */
export function PeriodsCard({ look, summary }: PeriodsCardProps) {
  const { home } = look;
  const { today, week, month, year, total } = summary;
  const older = total.fromMs < year.fromMs;
  return (
    <section className="card home-side" aria-label="Bought">
      <header>
        <h2>Bought</h2>
      </header>
      <div className="body">
        <p className="home-when">{priceWords(home, year)}</p>
        <dl>
          <Period look={look} label="Today" figures={today} big />
          <Period look={look} label="This week" figures={week} big />
          <Period look={look} label={monthName(month.fromMs, home.zone)} figures={month} />
          <Period look={look} label={`Since ${startWords(year, false)}`} figures={year} />
          {older && <Period look={look} label={`Since ${startWords(total, true)}`} figures={total} />}
          <Instalments look={look} summary={summary} />
        </dl>
      </div>
    </section>
  );
}

/** What the money below is made of. */
function priceWords(home: HomeLook["home"], { cost, baseFee }: HomeFigures): string {
  if (cost === null) return "No price yet";
  if (home.prices.at(-1)?.from === "default") return "Price assumed";
  return Number(baseFee ?? 0) > 0 ? "Base fee included" : "Without a base fee";
}

const startWords = (figures: HomeFigures, withYear: boolean): string => dateWords(figures.fromLocal.slice(0, 10), withYear);

function Period({ look: { home }, label, figures, big = false }: { look: HomeLook; label: string; figures: HomeFigures; big?: boolean }) {
  const typical =
    figures.typicalSoFarKwh === null ? undefined : `typical ${energyText(figures.typicalSoFarKwh, home.wholeKwh).split("\u00a0")[0]}`;
  const cost = figures.cost === null ? undefined : moneyText(figures.cost, home.currency);
  const earned = figures.earned !== null && Number(figures.earned) > 0 ? `${moneyText(figures.earned, home.currency)} earned` : undefined;
  const note = [cost, big ? typical : earned].filter((word) => word !== undefined).join(", ");
  return <Fact label={label} {...parted(energyText(figures.boughtKwh, home.wholeKwh))} note={note === "" ? undefined : note} big={big} />;
}

/** "3 of € 95"; where the amount has changed, how many and what one is now. */
function paymentWords({ paid, paidCount, each }: NonNullable<HomeSummaryAnswer["instalments"]>, currency: string): string {
  const same = Math.abs(paidCount * Number(each) - Number(paid)) < 0.005;
  return same ? `${paidCount} of ${moneyText(each, currency)}` : `${paidCount} paid, now ${moneyText(each, currency)}`;
}

function Instalments({ look: { home }, summary: { instalments } }: PeriodsCardProps) {
  const [open, setOpen] = useState(false);
  if (instalments === null) return null;
  const { yearEnd } = instalments;
  const back = yearEnd !== null && Number(yearEnd.balance) >= 0;
  return (
    <>
      <Fact
        label="Paid in instalments"
        value={moneyText(instalments.paid, home.currency)}
        note={paymentWords(instalments, home.currency)}
      />
      {yearEnd === null ? (
        <Fact label="Year's end" value="—" note="needs more days to say" />
      ) : (
        <Fact
          label="Year's end"
          value={`${back ? "+" : "−"} ${roughMoney(yearEnd.balance, home.currency)}`}
          tone={back ? "good" : "warn"}
          note={
            <button type="button" className="home-method" aria-expanded={open} title={yearEnd.method} onClick={() => setOpen(!open)}>
              {back ? "money back" : "to pay"}, ± {roughMoney(yearEnd.plusMinus, home.currency)}
              {open && <span>{yearEnd.method}</span>}
            </button>
          }
        />
      )}
    </>
  );
}
