import "./palette.css";
import { Modal } from "@mantine/core";
import { type KeyboardEvent, useDeferredValue, useId, useMemo, useState } from "react";
import { Icon } from "#web/parts/icon.tsx";
import { Swatch } from "#web/parts/swatch.tsx";
import { useMarkedRow } from "#web/parts/use-marked-row.ts";
import { type Entry, findEntries } from "./palette-search.ts";
import { useEntries } from "./use-entries.ts";

/** Finds any meter, point, page or action by typing; arrows choose, Enter goes, Esc leaves. */
export function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      overlayProps={{ backgroundOpacity: 0.4 }}
      padding={0}
      size={560}
      yOffset="12vh"
      radius={8}
      attributes={{ content: { "aria-label": "Find" } }}
    >
      {opened && <Finder onClose={onClose} />}
    </Modal>
  );
}

function Finder({ onClose }: { onClose: () => void }) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const entries = useEntries();
  const words = useDeferredValue(typed);
  const found = useMemo(() => findEntries(entries, words), [entries, words]);
  const { list, marked, mark, step } = useMarkedRow(found.length, words);

  const go = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Home") mark(0);
    else if (event.key === "End") mark(found.length - 1);
    else if (event.key === "Enter") go(found[marked]);
    else return;
    event.preventDefault();
  };

  return (
    <div className="palette">
      <label className="palette-field">
        <Icon name="search" />
        <span className="read-aloud">Meter, page or action</span>
        <input
          data-autofocus
          value={typed}
          placeholder="Meter, page or action"
          autoComplete="off"
          spellCheck={false}
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={found[marked] ? `${id}-${marked}` : undefined}
          onChange={(event) => {
            setTyped(event.target.value);
            mark(0);
          }}
          onKeyDown={onKey}
        />
        <kbd className="kbd">Esc</kbd>
      </label>
      <div className="palette-list" id={`${id}-list`} role="listbox" aria-label="Found" ref={list}>
        {found.map((entry, index) => (
          <Row
            key={entry.id}
            entry={entry}
            id={`${id}-${index}`}
            first={found[index - 1]?.group !== entry.group}
            chosen={index === marked}
            onGo={() => go(entry)}
          />
        ))}
        {found.length === 0 && <p className="palette-none">Nothing is called “{words}”. Try a part of a name, a serial or a topic.</p>}
      </div>
    </div>
  );
}

interface RowProps {
  readonly entry: Entry;
  readonly id: string;
  readonly first: boolean;
  readonly chosen: boolean;
  readonly onGo: () => void;
}

function Row({ entry, id, first, chosen, onGo }: RowProps) {
  return (
    <>
      {first && (
        <div className="palette-group" role="presentation">
          {entry.group}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field above handles the keys for the whole list */}
      <div className="palette-row" id={id} role="option" aria-selected={chosen} tabIndex={-1} onClick={onGo}>
        {entry.color && <Swatch color={entry.color} />}
        <span className="palette-label">{entry.label}</span>
        {entry.note && <span className="palette-note">{entry.note}</span>}
      </div>
    </>
  );
}
