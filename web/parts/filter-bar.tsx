import "./filter-bar.css";
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

interface FilterBarProps {
  /** "Find a zone": what the field is for. */
  readonly find: string;
  readonly value: string | undefined;
  readonly onFind: (words: string | undefined) => void;
  readonly shown: number;
  readonly all: number;
  /** Other filters, between the words and the count. */
  readonly children: ReactNode;
}

/** Which rows of a list are shown, and how many of them where that is not all. */
export function FilterBar({ find, value, onFind, shown, all, children }: FilterBarProps) {
  return (
    <search className="filter-bar">
      <label className="find-field">
        <Icon name="search" />
        <span className="read-aloud">{find}</span>
        <input
          type="search"
          placeholder={find}
          autoComplete="off"
          spellCheck={false}
          value={value ?? ""}
          onChange={(event) => onFind(event.currentTarget.value || undefined)}
        />
      </label>
      {children}
      <output className="filter-shown">{shown === all ? "" : `${shown} of ${all} shown`}</output>
    </search>
  );
}

interface ChipsProps {
  readonly label: string;
  readonly chips: readonly { readonly value: string; readonly word: string; readonly count: number }[];
  readonly chosen: string | undefined;
  /** Undefined where the chosen one is taken back. */
  readonly onChoose: (value: string | undefined) => void;
}

/** What can be shown alone, with how much of it there is. */
export function FilterChips({ label, chips, chosen, onChoose }: ChipsProps) {
  return (
    <fieldset className="chips" aria-label={label}>
      {chips.map(({ value, word, count }) => (
        <button
          key={value}
          type="button"
          className="chip"
          aria-pressed={chosen === value}
          onClick={() => onChoose(chosen === value ? undefined : value)}
        >
          {word} <b>{count}</b>
        </button>
      ))}
    </fieldset>
  );
}
