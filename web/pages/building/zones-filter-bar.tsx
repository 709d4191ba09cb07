import type { BuildingAnswer } from "#contract/building.ts";
import type { BuildingSearch } from "#web/client/building-search.ts";
import { Icon } from "#web/parts/icon.tsx";
import { STANDING_ORDER, STANDINGS } from "./zone-standing.ts";

interface FilterProps {
  readonly answer: BuildingAnswer;
  readonly search: Pick<BuildingSearch, "find" | "standing">;
  readonly shown: number;
  readonly onChange: (next: Partial<BuildingSearch>) => void;
}

/** Which zones are shown: by words and by how they stand. */
export function ZonesFilter({ answer, search, shown, onChange }: FilterProps) {
  const overridden = answer.zones.filter((row) => row.now.some((point) => point.overridden)).length;
  const chips = [
    ...STANDING_ORDER.map((standing) => ({
      value: standing as string,
      word: STANDINGS[standing].word,
      count: answer.counts[standing] ?? 0,
    })),
    { value: "overridden", word: "overridden", count: overridden },
  ];
  return (
    <search className="zones-filter">
      <label className="zones-find">
        <Icon name="search" />
        <span className="read-aloud">Find a zone</span>
        <input
          type="search"
          placeholder="Find a zone"
          autoComplete="off"
          spellCheck={false}
          value={search.find ?? ""}
          onChange={(event) => onChange({ find: event.currentTarget.value || undefined })}
        />
      </label>
      <fieldset className="chips zones-chips" aria-label="Standing">
        {chips
          .filter(({ value, count }) => count > 0 || value === search.standing)
          .map(({ value, word, count }) => (
            <button
              key={value}
              type="button"
              className="chip"
              aria-pressed={search.standing === value}
              onClick={() => onChange({ standing: search.standing === value ? undefined : value })}
            >
              {word} <b>{count}</b>
            </button>
          ))}
      </fieldset>
      <output className="zones-shown">{shown === answer.zones.length ? "" : `${shown} of ${answer.zones.length} shown`}</output>
    </search>
  );
}
