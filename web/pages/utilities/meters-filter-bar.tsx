import type { MetersAnswer } from "#contract/meters.ts";
import { FilterBar, FilterChips } from "#web/parts/filter-bar.tsx";
import { MEDIA } from "./media.ts";
import { groupsOf, mediaOf } from "./meters-filter.ts";
import { STANDING_ORDER, STANDINGS } from "./standing.ts";
import type { MetersSearch } from "./utility-search.ts";

interface FilterProps {
  readonly answer: MetersAnswer;
  readonly search: Pick<MetersSearch, "medium" | "group" | "standing" | "find">;
  readonly shown: number;
  readonly onChange: (next: Partial<MetersSearch>) => void;
}

/** Which meters are shown: by words, medium, group and standing. */
export function MetersFilter({ answer, search, shown, onChange }: FilterProps) {
  const { meters } = answer;
  const chips = STANDING_ORDER.map((standing) => ({
    value: standing,
    word: STANDINGS[standing].word,
    count: answer.counts[standing] ?? 0,
  }));
  return (
    <FilterBar find="Find a meter" value={search.find} onFind={(find) => onChange({ find })} shown={shown} all={meters.length}>
      <Choice
        label="Medium"
        value={search.medium}
        options={mediaOf(meters).map((medium) => ({ value: medium, label: MEDIA[medium].label }))}
        onChange={(medium) => onChange({ medium })}
      />
      <Choice
        label="Group"
        value={search.group}
        options={groupsOf(meters).map((group) => ({ value: group, label: group }))}
        onChange={(group) => onChange({ group })}
      />
      <FilterChips
        label="Standing"
        chips={chips.filter(({ count }) => count > 0)}
        chosen={search.standing}
        onChoose={(standing) => onChange({ standing })}
      />
    </FilterBar>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string | undefined) => void;
}

/** One of a few, or all; nothing where there is nothing to choose. */
export function Choice({ label, value, options, onChange }: ChoiceProps) {
  if (options.length < 2 && value === undefined) return null;
  return (
    <select
      className="ctl util-choice"
      aria-label={label}
      value={value ?? ""}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    >
      <option value="">{label}: all</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
