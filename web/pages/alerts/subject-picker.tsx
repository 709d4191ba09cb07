import { type KeyboardEvent, useDeferredValue, useId, useState } from "react";
import { useMarkedRow } from "#web/parts/use-marked-row.ts";
import { findSubjects, type Subject } from "./subjects.ts";

interface SubjectPickerProps {
  readonly label: string;
  /** Undefined while they are asked for. */
  readonly subjects: readonly Subject[] | undefined;
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChoose: (subject: Subject) => void;
}

/** Finds what a rule shall watch by typing; arrows choose, Enter takes, Esc leaves what was. */
export function SubjectPicker({ label, subjects, value, problem, onChoose }: SubjectPickerProps) {
  const id = useId();
  const [typed, setTyped] = useState<string>();
  const open = typed !== undefined;
  const words = useDeferredValue(typed ?? "");
  const found = open ? findSubjects(subjects ?? [], words) : [];
  const { list, marked, mark, step } = useMarkedRow(found.length, open ? words : undefined);
  const chosen = subjects?.find((one) => one.value === value);

  const take = (one: Subject | undefined) => {
    if (one === undefined) return;
    onChoose(one);
    setTyped(undefined);
    mark(0);
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      setTyped(typed ?? "");
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && open) take(found[marked]);
    else if (event.key === "Escape" && open) {
      setTyped(undefined);
      // The dialog around it stays.
      event.nativeEvent.stopImmediatePropagation();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="subject">
      <label className="mantine-InputWrapper-label" htmlFor={`${id}-field`}>
        {label}
      </label>
      <input
        id={`${id}-field`}
        className="subject-field"
        value={typed ?? chosen?.label ?? value}
        placeholder="Type a part of its name"
        autoComplete="off"
        spellCheck={false}
        role="combobox"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-activedescendant={open && found[marked] !== undefined ? `${id}-${marked}` : undefined}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-note`}
        onChange={(event) => {
          setTyped(event.target.value);
          mark(0);
        }}
        onFocus={() => setTyped("")}
        onBlur={() => setTyped(undefined)}
        onKeyDown={onKey}
      />
      {open && (
        <div className="subject-list" id={`${id}-list`} role="listbox" aria-label={label} ref={list}>
          {found.map((one, index) => (
            <div
              key={one.value}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === marked}
              // Pressing must not take the focus from the field, or the list would close before the click.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(one)}
              onKeyDown={undefined}
            >
              <span>{one.label}</span>
              <small>{one.note}</small>
            </div>
          ))}
        </div>
      )}
      {open && found.length === 0 && <p className="faint">{subjects === undefined ? "Looking…" : "Nothing has these words."}</p>}
      <div id={`${id}-note`}>
        {problem !== undefined && !open && <p className="mantine-InputWrapper-error bad">{problem}</p>}
        {!open && chosen !== undefined && <p className="faint">{chosen.note}</p>}
      </div>
    </div>
  );
}
