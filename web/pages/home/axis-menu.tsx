import { Menu } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { numberWords } from "#web/charts/numbers.ts";
import { Icon } from "#web/parts/icon.tsx";
import type { Traces } from "./traces.ts";

/** The first is the one the old dashboard had. */
const CHOICES = [2_000, 3_500, 5_000, 10_000];
const MOST_W = 100_000;

/** Lets the axis follow the readings, or holds it, so that days can be compared by eye. */
export function AxisMenu({ traces }: { traces: Traces }) {
  const { fixedW, setFixedW } = traces;
  const [opened, setOpened] = useState(false);
  const [own, setOwn] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const watts = Math.round(Number(own));
    if (!(watts >= 10 && watts <= MOST_W)) return;
    setFixedW(watts);
    setOpened(false);
  };
  return (
    <Menu position="bottom-start" offset={4} opened={opened} onChange={setOpened}>
      <Menu.Target>
        <button type="button" className="home-axis">
          {fixedW === undefined ? "Axis automatic" : `Axis to ${numberWords(fixedW, 0)} W`}
          <Icon name="down" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item data-chosen={fixedW === undefined} onClick={() => setFixedW(undefined)}>
          Automatic
        </Menu.Item>
        {CHOICES.map((watts) => (
          <Menu.Item key={watts} data-chosen={fixedW === watts} onClick={() => setFixedW(watts)}>
            0 to {numberWords(watts, 0)} W
          </Menu.Item>
        ))}
        <form className="home-axis-own" onSubmit={submit}>
          <input
            className="ctl"
            type="number"
            min={10}
            max={MOST_W}
            step={10}
            inputMode="numeric"
            placeholder="Other, W"
            aria-label="Upper end of the axis in watts"
            value={own}
            onChange={(event) => setOwn(event.currentTarget.value)}
          />
          <button type="submit" className="ctl">
            Set
          </button>
        </form>
      </Menu.Dropdown>
    </Menu>
  );
}
