import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { HomeEvent } from "#contract/home.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { HOUR_MS } from "#web/charts/zone-clock.ts";
import { useMay } from "#web/client/role.ts";
import { Card } from "#web/parts/card.tsx";
import { fullText } from "#web/parts/format-time.ts";
import { QualityMark } from "#web/parts/quality-mark.tsx";
import type { HomeLook } from "./home-look.ts";
import { eventsQuery } from "./home-queries.ts";
import { useSay } from "./use-say.ts";

type What = NonNullable<HomeEvent["decision"]>["what"];

/** What a person may find such an event to have been; nothing of it is counted but what is real or follows a reset. */
const DECISIONS: readonly { readonly what: What; readonly label: string; readonly said: string }[] = [
  { what: "blip", label: "A glitch", said: "a glitch: the values are left out" },
  { what: "reset", label: "Reader started from zero", said: "a restart from zero: counting goes on" },
  { what: "rollover", label: "Counter rolled over", said: "a rollover: counting goes on" },
  { what: "swap", label: "Meter was changed", said: "a new meter: its first value begins anew" },
  { what: "real", label: "It is real", said: "real consumption" },
];
/** What a register that went up can have been: it did not begin again, nor pass its end. */
const WENT_UP: ReadonlySet<What> = new Set(["blip", "swap", "real"]);
const FEW = 4;

interface EventsCardProps {
  readonly look: HomeLook;
  readonly onSelect: (span: TimeSpan) => void;
}

/** What the meter's register did that is no consumption, or not certainly. Nothing at all where it never did. */
export function EventsCard({ look, onSelect }: EventsCardProps) {
  const { home } = look;
  const events = useQuery(eventsQuery(home.id)).data?.events ?? [];
  const [all, setAll] = useState(false);
  if (events.length === 0) return null;
  const open = events.filter((event) => event.open && event.decision === null);
  const rest = events.filter((event) => !open.includes(event));
  const shown = [...open, ...(all ? rest : rest.slice(0, Math.max(0, FEW - open.length)))];
  const note = open.length > 0 ? `${open.length} to decide` : "all clear";
  return (
    <Card title="Register" note={note} id="home-register">
      <ul className="home-events">
        {shown.map((event) => (
          <Event key={event.id} event={event} look={look} onSelect={onSelect} />
        ))}
      </ul>
      {shown.length < events.length && (
        <button type="button" className="ctl" onClick={() => setAll(true)}>
          Show {events.length - shown.length} more
        </button>
      )}
    </Card>
  );
}

function Event({ event, look: { home }, onSelect }: EventsCardProps & { readonly event: HomeEvent }) {
  const may = useMay("operator");
  const { say, takeBack } = useSay(home.id);
  const [asking, setAsking] = useState(event.open && event.decision === null);
  const { decision } = event;
  const decide = ({ what, said }: (typeof DECISIONS)[number]) => {
    setAsking(false);
    say.mutate({ path: "events", body: { event: event.id, what }, title: `Taken as ${said}` });
  };
  return (
    <li>
      <p>
        {event.open && decision === null && <QualityMark state="suspect" words="to decide" />} {event.sentence}
      </p>
      <p className="home-event-foot">
        <button type="button" className="link" onClick={() => onSelect({ fromMs: event.tMs - 3 * HOUR_MS, toMs: event.tMs + 3 * HOUR_MS })}>
          {fullText(event.tMs, { zone: home.zone })}
        </button>
        <span className="faint">{event.source}</span>
        {decision !== null && (
          <span>
            {decision.who} took it as {DECISIONS.find(({ what }) => what === decision.what)?.said ?? decision.what}
          </span>
        )}
        {may && decision !== null && (
          <button type="button" className="link" disabled={takeBack.isPending} onClick={() => takeBack.mutate(decision.factId)}>
            Take back
          </button>
        )}
        {may && decision === null && !asking && (
          <button type="button" className="link" onClick={() => setAsking(true)}>
            Decide otherwise
          </button>
        )}
      </p>
      {may && asking && decision === null && (
        <div className="home-decide">
          {DECISIONS.filter(({ what }) => event.kind !== "caught-up" || WENT_UP.has(what)).map((one) => (
            <button key={one.what} type="button" className="ctl" disabled={say.isPending} onClick={() => decide(one)}>
              {one.label}
            </button>
          ))}
        </div>
      )}
    </li>
  );
}
