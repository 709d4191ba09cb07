import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { RoundAnswer } from "#contract/round.ts";
import { useNow } from "#web/client/live.tsx";
import { Card } from "#web/parts/card.tsx";
import { meterTitle } from "#web/parts/meter-title.ts";
import type { Walk, WalkStop } from "./walk.ts";
import { dueWords } from "./words.ts";

interface SummaryCardProps {
  readonly walk: Walk;
  readonly answer: RoundAnswer;
  readonly onGo: (meter: string) => void;
  /** Left out where all are shown already. */
  readonly onAll: (() => void) | undefined;
  readonly onOver: () => void;
}

/** The end of a walk: what was read, what was odd, what was left out; or when the next one is due. */
export function SummaryCard({ walk, answer, onGo, onAll, onOver }: SummaryCardProps) {
  const nowMs = useNow(60_000);
  const unusual = walk.stops.filter((one) => one.reading?.unusual);
  const skipped = walk.stops.filter((one) => one.skipped);
  const others = answer.stops.length - walk.stops.length;
  const next = answer.stops.filter((stop) => !stop.due && stop.dueMs !== null).sort((a, b) => (a.dueMs ?? 0) - (b.dueMs ?? 0))[0];
  return (
    <Card title={walk.stops.length === 0 ? "Nothing to read today" : "The round is done"}>
      <div className="round-summary">
        <Again title="Unusual" stops={unusual} verb="Look again at" onGo={onGo} />
        <Again title="Skipped" stops={skipped} verb="Go back to" onGo={onGo} />
        {next !== undefined && (
          <p className="muted">
            Next due: {meterTitle(next)}, {dueWords(next.dueMs ?? 0, nowMs)}.
          </p>
        )}
        <div className="round-queue-acts">
          {others > 0 && onAll !== undefined && (
            <Button variant={walk.stops.length === 0 ? "filled" : "default"} onClick={onAll}>
              {walk.stops.length === 0 ? "Read all meters anyway" : `Read the other ${others} too`}
            </Button>
          )}
          {walk.stops.length > 0 && (
            <Button variant="default" onClick={onOver}>
              Close this round
            </Button>
          )}
          <Link to="/utilities" className="link">
            To the meters
          </Link>
        </div>
      </div>
    </Card>
  );
}

interface AgainProps {
  readonly title: string;
  readonly stops: readonly WalkStop[];
  readonly verb: string;
  readonly onGo: (meter: string) => void;
}

function Again({ title, stops, verb, onGo }: AgainProps) {
  if (stops.length === 0) return null;
  return (
    <div>
      <h3 className="muted">{title}</h3>
      <ul className="round-again">
        {stops.map(({ stop, reading }) => (
          <li key={stop.meter}>
            <button type="button" className="link" onClick={() => onGo(stop.meter)} aria-label={`${verb} ${stop.name}`}>
              {stop.name}
            </button>{" "}
            <span className="muted">{reading?.sentence}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
