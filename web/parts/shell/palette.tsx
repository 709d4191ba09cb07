import "./palette.css";
import { Modal } from "@mantine/core";
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useMemo, useRef, useState } from "react";
import { Icon } from "#web/parts/icon.tsx";
import { Swatch } from "#web/parts/swatch.tsx";
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
  const [chosen, setChosen] = useState(0);
  const entries = useEntries();
  const words = useDeferredValue(typed);
  const found = useMemo(() => findEntries(entries, words), [entries, words]);
  const list = useRef<HTMLDivElement>(null);
  const at = Math.min(chosen, Math.max(0, found.length - 1));

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  });
  const go = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const onKey = (event: KeyboardEvent) => {
    const next = stepOf(event.key, at, found.length);
    if (next !== undefined) setChosen(next);
    else if (event.key === "Enter") go(found[at]);
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
          aria-activedescendant={found[at] ? `${id}-${at}` : undefined}
          onChange={(event) => {
            setTyped(event.target.value);
            setChosen(0);
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
            chosen={index === at}
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

function stepOf(key: string, at: number, length: number): number | undefined {
  if (length === 0) return undefined;
  if (key === "ArrowDown") return (at + 1) % length;
  if (key === "ArrowUp") return (at - 1 + length) % length;
  if (key === "Home") return 0;
  if (key === "End") return length - 1;
  return undefined;
}
