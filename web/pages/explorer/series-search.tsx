import { type KeyboardEvent, type ReactElement, type Ref, useDeferredValue, useId, useMemo, useState } from "react";
import type { SeriesInfo, SiteInfo } from "#contract/series.ts";
import { Icon } from "#web/parts/icon.tsx";
import { MEDIUM_LOOK } from "#web/parts/medium.ts";
import { Swatch } from "#web/parts/swatch.tsx";
import { useMarkedRow } from "#web/parts/use-marked-row.ts";
import { findSeries } from "./series-find.ts";

export interface SeriesSearchProps {
  readonly all: readonly SeriesInfo[];
  readonly chosen: readonly string[];
  readonly sites: ReadonlyMap<string, SiteInfo>;
  readonly input: Ref<HTMLInputElement>;
  readonly onAdd: (key: string) => void;
}

/** Finds a series by typing and adds it; arrows choose, Enter adds, Esc leaves. */
export function SeriesSearch({ all, chosen, sites, input, onAdd }: SeriesSearchProps): ReactElement {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState(false);
  const words = useDeferredValue(typed);
  const found = useMemo(() => {
    const left = new Set(chosen);
    return open ? findSeries(all, words, sites).filter((info) => !left.has(info.key)) : [];
  }, [all, words, sites, chosen, open]);
  const { list, marked, mark, step } = useMarkedRow(found.length, open ? words : undefined);

  const add = (info: SeriesInfo | undefined) => {
    if (info === undefined) return;
    onAdd(info.key);
    setTyped("");
    mark(0);
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      setOpen(true);
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") add(found[marked]);
    else if (event.key === "Escape") {
      setOpen(false);
      event.currentTarget.blur();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="explorer-find">
      <label className="explorer-find-field">
        <Icon name="search" />
        <span className="read-aloud">Add a series</span>
        <input
          ref={input}
          value={typed}
          placeholder="Add a series"
          autoComplete="off"
          spellCheck={false}
          role="combobox"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-activedescendant={open && found[marked] !== undefined ? `${id}-${marked}` : undefined}
          onChange={(event) => {
            setTyped(event.target.value);
            mark(0);
            setOpen(true);
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKey}
        />
        <span className="kbd">/</span>
      </label>
      {open && (
        <div className="explorer-find-list" id={`${id}-list`} role="listbox" aria-label="Series" ref={list}>
          {found.length === 0 && <p className="explorer-note">No other series has these words.</p>}
          {found.map((info, index) => (
            <div
              key={info.key}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === marked}
              // Pressing must not take the focus from the field, or the list would close before the click.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => add(info)}
              onKeyDown={undefined}
            >
              <Swatch color={MEDIUM_LOOK[info.medium].color} />
              <span>{info.primary ? info.pointName : `${info.pointName}, ${info.quantityName.toLowerCase()}`}</span>
              <small>{`${sites.get(info.site)?.name ?? info.site} · ${info.quantityName.toLowerCase()}, ${info.source}`}</small>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
