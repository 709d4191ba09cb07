import { Card } from "#web/parts/card.tsx";
import { unitText } from "#web/parts/format-number.ts";
import { dialText } from "./number-entry.ts";
import type { Walk, WalkStop } from "./walk.ts";
import { stateWords } from "./words.ts";

interface StopListProps {
  readonly walk: Walk;
  readonly here: WalkStop | undefined;
  readonly onGo: (meter: string) => void;
}

/** Every stop of the walk by group; a press goes there. */
export function StopList({ walk, here, onGo }: StopListProps) {
  const groups = [...new Set(walk.stops.map((one) => one.stop.group))];
  return (
    <Card title="Stops" note={`${walk.read} of ${walk.stops.length} read`}>
      {groups.map((group) => (
        <div key={group} className="round-group">
          {group !== "" && <h3 className="muted">{group}</h3>}
          <ul>
            {walk.stops
              .filter((one) => one.stop.group === group)
              .map((one) => (
                <li key={one.stop.meter}>
                  <button
                    type="button"
                    className="round-go"
                    aria-current={one.stop.meter === here?.stop.meter ? "step" : undefined}
                    onClick={() => onGo(one.stop.meter)}
                  >
                    <span>{one.stop.name}</span>
                    <State one={one} />
                  </button>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </Card>
  );
}

function State({ one: { stop, reading, skipped } }: { one: WalkStop }) {
  if (reading === undefined) return <span className="muted">{skipped ? "skipped" : stop.due ? "due" : ""}</span>;
  const { words, tone } = stateWords(reading);
  return (
    <span className="round-state">
      <span className="num">
        {dialText(reading.value, stop.decimals)} <i>{unitText(stop.unit)}</i>
      </span>
      <span className={tone === "" ? "muted" : tone}>{words}</span>
    </span>
  );
}
