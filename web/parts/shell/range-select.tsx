import { Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useLive } from "#web/client/live.tsx";
import { sitesQuery } from "#web/client/queries.ts";
import { RANGES, type RangeName, shiftSpan, spanOf, type ViewSearch } from "#web/client/range.ts";
import { spanText } from "#web/parts/format-time.ts";
import { Icon } from "#web/parts/icon.tsx";

/** The time the page shows. `steps` adds earlier and later, where looking back makes sense. */
export function RangeSelect({ steps }: { steps: boolean }) {
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const { ticker } = useLive();
  const zone = useViewZone(search);
  const set = (time: Pick<ViewSearch, "range" | "from" | "to">) =>
    void navigate({ to: ".", search: (before) => ({ ...before, range: time.range, from: time.from, to: time.to }) });
  const step = (by: number) => {
    const nowMs = ticker.nowMs();
    const span = shiftSpan(spanOf(search, nowMs, zone), by, nowMs);
    set({ from: span.fromMs, to: span.toMs });
  };
  const shown = steps || (search.range && LIVE_RANGES.has(search.range)) ? search : {};
  const label = labelOf(shown, ticker.nowMs(), zone);
  const offered = (Object.keys(RANGES) as RangeName[]).filter((name) => steps || LIVE_RANGES.has(name));
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
              data-chosen={name === (shown.range ?? "24h") && shown.from === undefined}
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

function useViewZone(search: ViewSearch): string {
  const sites = useQuery(sitesQuery).data ?? [];
  const site = sites.find((one) => one.id === search.site) ?? (sites.length === 1 ? sites[0] : undefined);
  return site?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function labelOf(search: ViewSearch, nowMs: number, zone: string): string {
  if (search.from === undefined || search.to === undefined) return RANGES[search.range ?? "24h"];
  return spanText({ fromMs: search.from, toMs: search.to }, nowMs, { zone });
}
