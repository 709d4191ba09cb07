import { lazy, Suspense, useState } from "react";
import type { MeterEventAnswer } from "#contract/meters.ts";
import { useMay } from "#web/client/role.ts";
import { Card } from "#web/parts/card.tsx";
import { fullText } from "#web/parts/format-time.ts";
import { QualityMark } from "#web/parts/quality-mark.tsx";
import { DECISIONS, decisionsFor } from "./event-decisions.ts";
import type { MeterLook } from "./meter-look.ts";
import { useMeterSay } from "./use-meter-say.ts";
import type { MeterView } from "./use-meter-view.ts";
import { counted } from "./words.ts";

const ReplacementDialog = lazy(async () => ({ default: (await import("./replacement-dialog.tsx")).ReplacementDialog }));

const DAY_MS = 86_400_000;
const SHOWN = 6;

interface CardProps {
  readonly look: MeterLook;
  readonly view: MeterView;
}

/** What the register did that is no consumption, or not certainly: each with what it could have been. */
export function EventsCard({ look, view }: CardProps) {
  const { events } = look.meter;
  const [all, setAll] = useState(false);
  const open = events.filter((event) => event.open);
  if (events.length === 0) return null;
  const sorted = [...open, ...events.filter((event) => !event.open)];
  const shown = all ? sorted : sorted.slice(0, Math.max(SHOWN, open.length));
  return (
    <Card
      title="Events of the register"
      id="events"
      note={open.length === 0 ? "nothing to decide" : `${counted(open.length, "event")} to decide`}
    >
      <ul className="meter-events">
        {shown.map((event) => (
          <EventRow key={event.id} event={event} look={look} view={view} />
        ))}
      </ul>
      {shown.length < sorted.length && (
        <button type="button" className="ctl" onClick={() => setAll(true)}>
          All {sorted.length} events
        </button>
      )}
    </Card>
  );
}

function EventRow({ event, look, view }: CardProps & { readonly event: MeterEventAnswer }) {
  const { meter } = look;
  const { say, takeBack } = useMeterSay(meter.id);
  const may = useMay("operator");
  const [asking, setAsking] = useState(event.open);
  const [replacing, setReplacing] = useState(false);
  const { decision, factId } = event;
  const decide = (what: keyof typeof DECISIONS) => {
    if (what === "replacement") return setReplacing(true);
    setAsking(false);
    say.mutate({ path: "events", body: { event: event.id, what }, title: `Taken as ${DECISIONS[what].said}` });
  };
  return (
    <li>
      <p>
        {event.open && <QualityMark state="suspect" words="to decide" />} {event.sentence}
      </p>
      <p className="meter-event-foot">
        <button
          type="button"
          className="link"
          onClick={() =>
            view.setSpan({
              fromMs: event.tMs - 15 * DAY_MS,
              toMs: Math.min(event.tMs + 15 * DAY_MS, Math.max(view.nowMs, event.tMs + DAY_MS)),
            })
          }
        >
          {fullText(event.tMs, { zone: meter.zone })}
        </button>
        {!event.counts && <span className="faint">the reading does not count</span>}
        {decision !== null && (
          <span>taken as {Object.hasOwn(DECISIONS, decision) ? DECISIONS[decision as keyof typeof DECISIONS].said : decision}</span>
        )}
        {may && factId !== null && (
          <button type="button" className="link" disabled={takeBack.isPending} onClick={() => takeBack.mutate(factId)}>
            Take back
          </button>
        )}
        {may && factId === null && !asking && (
          <button type="button" className="link" onClick={() => setAsking(true)}>
            Decide otherwise
          </button>
        )}
      </p>
      {may && asking && factId === null && (
        <div className="meter-decide">
          {decisionsFor(event).map((what) => (
            <button key={what} type="button" className="ctl" disabled={say.isPending} onClick={() => decide(what)}>
              {DECISIONS[what].label}
            </button>
          ))}
        </div>
      )}
      {replacing && (
        <Suspense>
          <ReplacementDialog look={look} event={event} onClose={() => setReplacing(false)} />
        </Suspense>
      )}
    </li>
  );
}
