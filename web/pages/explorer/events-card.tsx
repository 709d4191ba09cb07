import type { ReactElement } from "react";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { Card } from "#web/parts/card.tsx";
import type { RangeEvent } from "./events.ts";

/** Gaps and doubtful readings of the window; pressing one selects where it is. */
export function EventsCard({
  name,
  events,
  onSelect,
}: {
  readonly name: string | undefined;
  readonly events: readonly RangeEvent[];
  readonly onSelect: (span: TimeSpan) => void;
}): ReactElement {
  return (
    <Card title="In this range" {...(name === undefined ? {} : { note: name })}>
      {events.length === 0 && <p className="explorer-note">No gaps, nothing suspect, nothing filled in.</p>}
      <ul className="explorer-events">
        {events.map((event) => (
          <li key={`${event.state} ${event.words} ${event.detail}`}>
            <button type="button" onClick={() => onSelect(widened(event.span))} title="Select it on the chart">
              <span className={`q ${event.state}`} aria-hidden="true" />
              <span>{event.words}</span>
              <small>{event.detail}</small>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const LEAST_MS = 60_000;

/** A single reading has no width to select: it gets a minute around it. */
function widened(span: TimeSpan): TimeSpan {
  if (span.toMs - span.fromMs >= LEAST_MS) return { fromMs: Math.round(span.fromMs), toMs: Math.round(span.toMs) };
  const middle = (span.fromMs + span.toMs) / 2;
  return { fromMs: Math.round(middle - LEAST_MS / 2), toMs: Math.round(middle + LEAST_MS / 2) };
}
