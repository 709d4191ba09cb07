import { useState } from "react";
import type { MeterInfo } from "#contract/meters.ts";
import { meterTitle } from "#web/parts/meter-title.ts";
import { newMeterId } from "./words.ts";

interface MeterChoiceProps {
  readonly label: string;
  readonly site: string;
  readonly value: string | undefined;
  readonly meters: readonly MeterInfo[];
  /** What nothing chosen means. */
  readonly none?: string;
  /** What is offered as the name of a new meter. */
  readonly offered: string;
  readonly onChange: (meter: string) => void;
}

const NEW = "+";

/** Which meter: one there is, or one that the import makes. */
export function MeterChoice({ label, site, value, meters, none = "choose a meter", offered, onChange }: MeterChoiceProps) {
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState(offered);
  const own = meters.filter((one) => one.site === site && one.kind === "physical");
  const known = value === undefined || own.some((one) => one.id === value);
  if (naming) {
    const done = () => {
      const id = newMeterId(site, name);
      setNaming(false);
      if (id !== "") onChange(id);
    };
    return (
      <input
        className="ctl"
        aria-label={`${label}: name of the new meter`}
        // biome-ignore lint/a11y/noAutofocus: it takes the place of the choice that was just pressed
        autoFocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={done}
        onKeyDown={(event) => event.key === "Enter" && done()}
      />
    );
  }
  return (
    <select
      className="ctl"
      aria-label={label}
      value={value ?? ""}
      onChange={({ currentTarget }) => (currentTarget.value === NEW ? setNaming(true) : onChange(currentTarget.value))}
    >
      <option value="">{none}</option>
      {!known && <option value={value}>{value} (new)</option>}
      {own.map((one) => (
        <option key={one.id} value={one.id}>
          {meterTitle(one)}
        </option>
      ))}
      <option value={NEW}>a new meter…</option>
    </select>
  );
}
