import type { MetersAnswer } from "#contract/meters.ts";
import { Icon } from "#web/parts/icon.tsx";
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
  return (
    <search className="util-filter">
      <label className="util-find">
        <Icon name="search" />
        <span className="read-aloud">Find a meter</span>
        <input
          type="search"
          placeholder="Find a meter"
          autoComplete="off"
          spellCheck={false}
          value={search.find ?? ""}
          onChange={(event) => onChange({ find: event.currentTarget.value || undefined })}
        />
      </label>
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
      <fieldset className="chips util-standings" aria-label="Standing">
        {STANDING_ORDER.filter((standing) => (answer.counts[standing] ?? 0) > 0).map((standing) => (
          <button
            key={standing}
            type="button"
            className="chip"
            aria-pressed={search.standing === standing}
            onClick={() => onChange({ standing: search.standing === standing ? undefined : standing })}
          >
            {STANDINGS[standing].word} <b>{answer.counts[standing]}</b>
          </button>
        ))}
      </fieldset>
      <output className="util-shown">{shown === meters.length ? "" : `${shown} of ${meters.length} shown`}</output>
    </search>
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
