import { Menu, TextInput } from "@mantine/core";
import { type KeyboardEvent, useEffect, useId, useState } from "react";
import type { IntervalFlag } from "#contract/plant-intervals.ts";
import { Icon } from "#web/parts/icon.tsx";
import { FLAG_CHOICES } from "./explorer-search.ts";
import { type IntervalView, isFiltered } from "./use-interval-view.ts";
import { levelFault, levelOf } from "./words.ts";

const R17: readonly IntervalFlag[] = ["excludedFromDemand"];
const INVALID: readonly IntervalFlag[] = ["invalidAlarm", "badStatus"];

/** Which rows are shown: by mark, without R17, without invalid, by kW. */
export function FilterBar({ view }: { view: IntervalView }) {
  const { search } = view;
  const off = (flags: readonly IntervalFlag[]) => flags.every((flag) => search.without?.includes(flag));
  return (
    <fieldset className="filters" aria-label="Filters">
      <FlagMenu flag={search.flag} onFlag={view.setFlag} />
      <button type="button" className="chip" aria-pressed={off(R17)} onClick={() => view.toggleWithout(R17)}>
        Without R17
      </button>
      <button type="button" className="chip" aria-pressed={off(INVALID)} onClick={() => view.toggleWithout(INVALID)}>
        Without invalid
      </button>
      <Levels view={view} />
      {isFiltered(search) && (
        <button type="button" className="ctl quiet" onClick={view.clear}>
          Clear filters
        </button>
      )}
    </fieldset>
  );
}

function FlagMenu({ flag, onFlag }: { flag: IntervalFlag | undefined; onFlag: (flag: IntervalFlag | undefined) => void }) {
  const words = flag === undefined ? "all" : FLAG_CHOICES[flag];
  return (
    <Menu position="bottom-start" offset={4}>
      <Menu.Target>
        <button type="button" className="ctl" aria-label={`Marks: ${words}`}>
          Marks: {words}
          <Icon name="down" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item data-chosen={flag === undefined} onClick={() => onFlag(undefined)}>
          all
        </Menu.Item>
        {(Object.entries(FLAG_CHOICES) as [IntervalFlag, string][]).map(([name, label]) => (
          <Menu.Item key={name} data-chosen={name === flag} onClick={() => onFlag(name)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Lowest and highest kW; taken with Enter, or when the field is left. */
function Levels({ view }: { view: IntervalView }) {
  const { minKw, maxKw } = view.search;
  const said = `${minKw ?? ""} ${maxKw ?? ""}`;
  const [low, setLow] = useState("");
  const [high, setHigh] = useState("");
  const fault = levelFault(levelOf(low), levelOf(high));
  const sentence = useId();
  useEffect(() => {
    const [first = "", second = ""] = said.split(" ");
    setLow(first);
    setHigh(second);
  }, [said]);
  const take = () => {
    const [min, max] = [levelOf(low), levelOf(high)];
    if (levelFault(min, max) === undefined && (min !== minKw || max !== maxKw)) view.setLevels(min, max);
  };
  const shared = {
    size: "xs",
    inputMode: "decimal",
    className: "level",
    onBlur: take,
    onKeyDown: (event: KeyboardEvent) => event.key === "Enter" && take(),
    error: fault !== undefined,
    "aria-describedby": sentence,
  } as const;
  return (
    <span className="levels">
      <TextInput
        {...shared}
        aria-label="Lowest kW"
        placeholder="from"
        value={low}
        onChange={(event) => setLow(event.currentTarget.value)}
      />
      <span className="faint">to</span>
      <TextInput
        {...shared}
        aria-label="Highest kW"
        placeholder="any"
        value={high}
        onChange={(event) => setHigh(event.currentTarget.value)}
      />
      <span className="muted">kW</span>
      <span className="bad" id={sentence} role={fault === undefined ? undefined : "alert"}>
        {fault !== undefined && `✕ ${fault}`}
      </span>
    </span>
  );
}
