import "./utility-forms.css";
import { Popover } from "@mantine/core";
import { useState } from "react";
import { Icon } from "#web/parts/icon.tsx";
import { Seg } from "#web/parts/seg.tsx";
import type { MeterLook } from "./meter-look.ts";
import { GRIDS } from "./meter-window.ts";
import type { MeterView } from "./use-meter-view.ts";
import { windowWords } from "./window-words.ts";

const LABELS = { interval: "Readings", hour: "Hours", day: "Days", month: "Months", year: "Years" } as const;

/** The ways through time: grid, earlier and later, and what is shown. */
export function ConsumptionTools({ look, view }: { look: MeterLook; view: MeterView }) {
  const { stretch } = view;
  return (
    <div className="meter-tools">
      <Seg label="Rows" value={view.by} options={GRIDS.map((value) => ({ value, label: LABELS[value] }))} onChange={view.setGrid} />
      <span className="meter-steps">
        <button type="button" className="ctl quiet" aria-label="Earlier" title="Earlier" onClick={() => view.step(-1)}>
          <Icon name="left" />
        </button>
        <span>{windowWords(stretch, look.clock)}</span>
        <button
          type="button"
          className="ctl quiet"
          aria-label="Later"
          title="Later"
          disabled={stretch.toMs > view.nowMs}
          onClick={() => view.step(1)}
        >
          <Icon name="right" />
        </button>
      </span>
      {view.zoomed && (
        <button type="button" className="ctl quiet" onClick={view.reset}>
          Reset
        </button>
      )}
      <span className="meter-tools-end">
        {look.meter.kind === "physical" && (
          <button type="button" className="ctl" aria-pressed={view.register} onClick={() => view.setRegister(!view.register)}>
            Register
          </button>
        )}
        <button type="button" className="ctl" onClick={() => view.setTable(!view.table)}>
          {view.table ? "Chart" : "Table"}
        </button>
        <AsKnown view={view} />
      </span>
    </div>
  );
}

/** The day whose knowledge is shown. */
function AsKnown({ view }: { view: MeterView }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" offset={4} withinPortal trapFocus>
      <Popover.Target>
        <button
          type="button"
          className="ctl"
          aria-expanded={open}
          aria-pressed={view.stretch.asOf !== undefined}
          onClick={() => setOpen(!open)}
        >
          As known on
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <label className="util-field">
          <span className="util-label">As it was known at the end of</span>
          <input
            className="ctl"
            type="date"
            value={view.stretch.asOf ?? ""}
            onChange={(event) => view.setAsOf(event.currentTarget.value || undefined)}
          />
        </label>
        <p className="meter-popover-foot">
          <button
            type="button"
            className="link"
            onClick={() => {
              view.setAsOf(undefined);
              setOpen(false);
            }}
          >
            What is known now
          </button>
        </p>
      </Popover.Dropdown>
    </Popover>
  );
}
