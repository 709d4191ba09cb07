import { Menu } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useLive } from "#web/client/live.tsx";
import { RANGES, type RangeName, spanOf, stepSpan, type ViewSearch } from "#web/client/range.ts";
import { spanText } from "#web/parts/format-time.ts";
import { Icon } from "#web/parts/icon.tsx";

interface RangeProps {
  readonly steps: boolean;
  readonly usual: RangeName;
  /** IANA zone whose calendar days are. */
  readonly zone: string;
  /** Left out, all are offered. */
  readonly longest?: RangeName;
}

/** The time the page shows, `usual` where nobody chose one. `steps` adds earlier and later, where looking back makes sense. */
export function RangeSelect({ steps, usual, zone, longest }: RangeProps) {
  const chosen = useSearch({ strict: false });
  const search = chosen.range === undefined && chosen.from === undefined ? { ...chosen, range: usual } : chosen;
  const navigate = useNavigate();
  const { ticker } = useLive();
  const set = (time: Pick<ViewSearch, "range" | "from" | "to">) =>
    void navigate({ to: ".", search: (before) => ({ ...before, range: time.range, from: time.from, to: time.to }) });
  const step = (by: -1 | 1) => {
    const nowMs = ticker.nowMs();
    const span = stepSpan(spanOf(search, nowMs, zone), by, { nowMs, zone });
    set({ from: span.fromMs, to: span.toMs });
  };
  const shown = steps || (search.range && LIVE_RANGES.has(search.range)) ? search : { range: usual };
  const label = labelOf(shown, ticker.nowMs(), zone);
  const names = Object.keys(RANGES) as RangeName[];
  const upTo = longest === undefined ? names : names.slice(0, names.indexOf(longest) + 1);
  const offered = upTo.filter((name) => steps || LIVE_RANGES.has(name));
  return (
    <>
      {steps && <StepButton label="Earlier" icon="left" onClick={() => step(-1)} />}
      <Menu position="bottom-end" offset={4}>
        <Menu.Target>
          <button type="button" className="ctl" aria-label={`Time: ${label}`}>
            {label}
            <Icon name="down" />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {offered.map((name) => (
            <Menu.Item
              key={name}
              data-chosen={name === (shown.range ?? usual) && shown.from === undefined}
              onClick={() => set({ range: name })}
            >
              {RANGES[name]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {steps && <StepButton label="Later" icon="right" onClick={() => step(1)} />}
    </>
  );
}

/** A wall of live numbers looks back over a rolling range; calendar ranges belong to the Explorer. */
const LIVE_RANGES: ReadonlySet<RangeName> = new Set(["1h", "6h", "24h", "7d", "30d"]);

function StepButton({ label, icon, onClick }: { label: string; icon: "left" | "right"; onClick: () => void }) {
  return (
    <button type="button" className="ctl quiet desk" aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

function labelOf(search: ViewSearch, nowMs: number, zone: string): string {
  if (search.from === undefined || search.to === undefined) return RANGES[search.range ?? "24h"];
  return spanText({ fromMs: search.from, toMs: search.to }, nowMs, { zone });
}
