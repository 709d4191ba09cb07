import { useQuery } from "@tanstack/react-query";
import type { CSSProperties } from "react";
import type { HomeBalanceAnswer } from "#contract/home.ts";
import { Card } from "#web/parts/card.tsx";
import { numberText } from "#web/parts/format-number.ts";
import { EmptyState, ErrorState, Skeleton } from "#web/parts/states.tsx";
import { bandPath, type Flow, flowsOf } from "./flows.ts";
import type { HomeLook } from "./home-look.ts";
import { balanceQuery } from "./home-queries.ts";
import { spanWords } from "./span-words.ts";
import type { HomeView } from "./use-home-view.ts";
import { energyText, shareWords } from "./words.ts";

/** An interval or two that are missing change nothing. */
const WHOLE = 0.98;

type Balance = NonNullable<HomeBalanceAnswer["balance"]>;

/** Where the energy of the window came from, where it went, and how much of the own sun stayed. */
export function BalanceCard({ look, view }: { look: HomeLook; view: HomeView }) {
  const shown = view.selection ?? {
    fromMs: Math.floor(view.span.fromMs / 60_000) * 60_000,
    toMs: Math.ceil(view.span.toMs / 60_000) * 60_000,
  };
  const query = useQuery(balanceQuery(look.home.id, shown));
  const balance = query.data?.balance;
  return (
    <Card title="Sun, battery, grid and house" note={spanWords(view.selection ?? view.span, look, view.nowMs)}>
      {query.error !== null && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {balance === undefined && query.error === null && <Skeleton height={220} />}
      {balance === null && <EmptyState sentence="Nothing but the grid is metered in this window." />}
      {balance && <Shown balance={balance} />}
    </Card>
  );
}

function Shown({ balance }: { balance: Balance }) {
  const { from, to, bus } = flowsOf(balance);
  const list = (flows: readonly Flow[]) => flows.map((flow) => `${flow.name} ${energyText(flow.kwh)}`).join(", ");
  const self = shareWords(balance.selfConsumption, 1);
  const autarky = shareWords(balance.autarky, 1);
  return (
    <>
      <p className="home-balance-words">
        {autarky === undefined ? "" : `The house met ${autarky} of its use itself`}
        {autarky !== undefined && self !== undefined && ", and "}
        {self === undefined ? "" : `${self} of its own sun stayed here`}
        {(autarky ?? self) !== undefined && "."}
        {balance.coverage > 0 &&
          balance.coverage < WHOLE &&
          ` Of ${shareWords(balance.coverage, 1)} of the time, in which every meter was read.`}
      </p>
      <figure className="home-flows">
        <figcaption className="read-aloud">
          Energy came from: {list(from)}. It went to: {list(to)}.
        </figcaption>
        <Labels flows={from} side="from" />
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {from.map((flow) => (
            <path key={flow.name} d={bandPath([0, ...flow.outer], [49, ...flow.inner])} style={colorOf(flow)} />
          ))}
          {to.map((flow) => (
            <path key={flow.name} d={bandPath([51, ...flow.inner], [100, ...flow.outer])} style={colorOf(flow)} />
          ))}
          <rect className="home-bus" x="49" y={bus[0]} width="2" height={Math.max(0.5, bus[1] - bus[0])} />
        </svg>
        <Labels flows={to} side="to" />
      </figure>
      <Now now={balance.now} />
    </>
  );
}

const colorOf = ({ color }: Flow): CSSProperties => ({ "--c": `var(${color})` }) as CSSProperties;

function Labels({ flows, side }: { flows: readonly Flow[]; side: "from" | "to" }) {
  return (
    <ul className={`home-flow-labels ${side}`} aria-hidden="true">
      {flows.map((flow) => (
        <li key={flow.name} style={colorOf(flow)}>
          <span>{flow.name}</span>
          <b className="num">{energyText(flow.kwh)}</b>
        </li>
      ))}
    </ul>
  );
}

/** The same meters at this moment, each with its direction in words. */
function Now({ now }: { now: Balance["now"] }) {
  const watts = (value: number) => numberText(Math.abs(value), { unit: "W" });
  const rows = [
    now.solarW === null ? undefined : ["Sun", watts(Math.max(0, now.solarW)), "making"],
    now.batteryW === null
      ? undefined
      : ["Battery", watts(now.batteryW), now.batteryW < 0 ? "charging" : now.batteryW > 0 ? "giving" : "resting"],
    now.gridW === null ? undefined : ["Grid", watts(now.gridW), now.gridW < 0 ? "selling" : "buying"],
    now.houseW === null ? undefined : ["House", watts(now.houseW), "using"],
  ].filter((row) => row !== undefined);
  if (rows.length === 0) return null;
  return (
    <dl className="home-now" aria-label="Now">
      {rows.map(([name, value, word]) => (
        <div key={name}>
          <dt>{name} now</dt>
          <dd>
            <b className="num">{value}</b> <span className="faint">{word}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
