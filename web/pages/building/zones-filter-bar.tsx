import type { BuildingAnswer } from "#contract/building.ts";
import type { BuildingSearch } from "#web/client/building-search.ts";
import { FilterBar, FilterChips } from "#web/parts/filter-bar.tsx";
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
    <FilterBar find="Find a zone" value={search.find} onFind={(find) => onChange({ find })} shown={shown} all={answer.zones.length}>
      <FilterChips
        label="Standing"
        chips={chips.filter(({ value, count }) => count > 0 || value === search.standing)}
        chosen={search.standing}
        onChoose={(standing) => onChange({ standing })}
      />
    </FilterBar>
  );
}
