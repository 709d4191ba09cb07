import { useSearch } from "@tanstack/react-router";
import type { BuildingAnswer } from "#contract/building.ts";
import { zoneWord } from "#web/charts/time-words.ts";
import type { Asked } from "#web/client/asked-span.ts";
import type { BuildingSearch } from "#web/client/building-search.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { Answer } from "#web/parts/card.tsx";
import { momentText } from "#web/parts/format-time.ts";
import { Seg } from "#web/parts/seg.tsx";
import { whenWords } from "./when-words.ts";
import { countsText } from "./zone-standing.ts";
import { hoursText, percentText } from "./zone-words.ts";
import { byName } from "./zones-view.ts";

interface HeadProps {
  readonly answer: BuildingAnswer;
  readonly asked: Asked;
  readonly onChange: (next: Partial<BuildingSearch>) => void;
}

const ARRANGEMENTS = [
  { value: "worst", label: "Worst first" },
  { value: "handler", label: "By air handler" },
  { value: "floor", label: "Floor" },
] as const;

/** In the night of what was so when the building was open last. */
function lastWords({ lastOpen, nowMs, zone }: BuildingAnswer, when: string): string {
  if (lastOpen === null || lastOpen.comfortPct === null) return `not judged ${when}`;
  return `comfortable ${percentText(lastOpen.comfortPct, 1)} of the zone hours until ${momentText(lastOpen.toMs, nowMs, { zone })}`;
}

/** The answer in one sentence, what it rests on, and how the zones are arranged. */
export function ZonesHead({ answer, asked, onChange }: HeadProps) {
  const search = useSearch({ strict: false }) as BuildingSearch;
  const { by, handler } = search;
  const { occupancy, zone, nowMs } = answer;
  const handlers = answer.airHandlers.map(({ equipment }) => equipment).sort((a, b) => byName(a.name, b.name));
  const unserved = answer.zones.some((row) => row.zone.servedBy === null);
  const when = whenWords(search, asked, { nowMs, zone });
  const evidence = [
    `Occupied ${hoursText(occupancy)} ${zoneWord(zone, nowMs)}, ${
      answer.comfortPct === null
        ? lastWords(answer, when)
        : `comfortable ${percentText(answer.comfortPct, 1)} of occupied zone hours ${when}`
    }`,
    answer.newestMs === null ? (
      "Nothing came in yet"
    ) : (
      <>
        Newest value <AgeText tMs={answer.newestMs} zone={zone} ago />
      </>
    ),
    countsText(answer.counts),
  ];
  return (
    <div className="zones-head">
      <Answer sentence={answer.sentence} evidence={evidence}>
        <Seg
          label="Arrange zones"
          value={by === "handler" || by === "floor" ? by : "worst"}
          options={ARRANGEMENTS}
          onChange={(next) => onChange({ by: next === "worst" ? undefined : next })}
        />
        {(handlers.length > 1 || handler !== undefined) && (
          <select
            className="ctl"
            aria-label="Air handler"
            value={handler ?? ""}
            onChange={(event) => onChange({ handler: event.currentTarget.value || undefined })}
          >
            <option value="">All air handlers</option>
            {handlers.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
            {unserved && <option value="none">No air handler known</option>}
          </select>
        )}
      </Answer>
    </div>
  );
}
