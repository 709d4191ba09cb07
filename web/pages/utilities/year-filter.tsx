import { Menu } from "@mantine/core";
import type { MetersAnswer } from "#contract/meters.ts";
import { Icon } from "#web/parts/icon.tsx";
import { MEDIA } from "./media.ts";
import { groupsOf, mediaOf } from "./meters-filter.ts";
import { Choice } from "./meters-filter-bar.tsx";
import type { YearSearch } from "./utility-search.ts";
import { useYearChange } from "./year-choice.tsx";

/** Which meters a year shows: a medium, a group, or some by name. */
export function YearFilter({ list: { meters }, search }: { list: MetersAnswer; search: YearSearch }) {
  const change = useYearChange();
  const chosen = new Set(search.meters ?? meters.map((meter) => meter.id));
  const toggle = (id: string) => {
    const next = meters.map((meter) => meter.id).filter((one) => (one === id ? !chosen.has(one) : chosen.has(one)));
    change({ meters: next.length === meters.length || next.length === 0 ? undefined : next });
  };
  return (
    <>
      <Choice
        label="Medium"
        value={search.medium}
        options={mediaOf(meters).map((medium) => ({ value: medium, label: MEDIA[medium].label }))}
        onChange={(medium) => change({ medium })}
      />
      <Choice
        label="Group"
        value={search.group}
        options={groupsOf(meters).map((group) => ({ value: group, label: group }))}
        onChange={(group) => change({ group })}
      />
      {meters.length > 1 && (
        <Menu position="bottom-start" offset={4} closeOnItemClick={false}>
          <Menu.Target>
            <button type="button" className="ctl">
              {search.meters === undefined ? "Meters: all" : `Meters: ${search.meters.length} of ${meters.length}`}
              <Icon name="down" />
            </button>
          </Menu.Target>
          <Menu.Dropdown className="year-meters">
            <Menu.Item disabled={search.meters === undefined} onClick={() => change({ meters: undefined })}>
              Show all
            </Menu.Item>
            {meters.map((meter) => (
              <Menu.Item
                key={meter.id}
                role="menuitemcheckbox"
                aria-checked={chosen.has(meter.id)}
                leftSection={<span className="year-check">{chosen.has(meter.id) && <Icon name="check" />}</span>}
                onClick={() => (search.meters === undefined ? change({ meters: [meter.id] }) : toggle(meter.id))}
              >
                {meter.name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}
