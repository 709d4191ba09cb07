import { type CSSProperties, useMemo } from "react";
import { monthWord } from "#web/charts/time-words.ts";
import { Card } from "#web/parts/card.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import { type GroupStacks, groupStacks } from "./group-stacks.ts";
import { MEDIA, type MeterMedium } from "./media.ts";
import { amountText } from "./words.ts";
import type { YearRow } from "./year-rows.ts";

interface GroupsProps {
  readonly title: string;
  readonly medium: MeterMedium;
  readonly rows: readonly YearRow[];
  readonly nowMs: number;
}

/** Flats or floors on top of each other, month by month; nothing where there is only one. */
export function GroupsCard({ title, medium, rows, nowMs }: GroupsProps) {
  const stacks = useMemo(() => groupStacks(rows, nowMs), [rows, nowMs]);
  if (stacks === undefined) return null;
  const { groups, unit } = stacks;
  return (
    <Card title={title} note={unit}>
      <div className="year-stacks" style={{ "--c": `var(${MEDIA[medium].color})` } as CSSProperties}>
        <Columns stacks={stacks} title={title} />
        <TableScroll>
          <table>
            <thead>
              <tr>
                <th>Group</th>
                <th className="n">Used</th>
                <th className="n">Share</th>
              </tr>
            </thead>
            <tbody>
              {groups.map((group, index) => (
                <tr key={group.name}>
                  <td>
                    <i className="year-key" style={toneOf(index, groups.length)} aria-hidden="true" /> {group.name}
                  </td>
                  <td className="n">{amountText(group.total, unit)}</td>
                  <td className="n">{stacks.total > 0 ? `${Math.round((group.total / stacks.total) * 100)}\u00a0%` : "—"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      </div>
    </Card>
  );
}

function Columns({ stacks, title }: { stacks: GroupStacks; title: string }) {
  const { groups, months, unit } = stacks;
  const most = Math.max(1e-9, ...months.map((_, index) => groups.reduce((sum, group) => sum + Math.max(0, group.months[index] ?? 0), 0)));
  const summary = `${title}: ${groups.map((group) => `${group.name} ${amountText(group.total, unit)}`).join(", ")}.`;
  return (
    <div className="year-columns" role="img" aria-label={summary}>
      {months.map((month, index) => (
        <div key={month} className="year-column">
          <div>
            {groups.map((group, tone) => {
              const amount = group.months[index] ?? null;
              if (amount === null || amount <= 0) return null;
              return (
                <i
                  key={group.name}
                  style={{ height: `${(amount / most) * 100}%`, ...toneOf(tone, groups.length) }}
                  title={`${group.name}, ${month}: ${amountText(amount, unit)}`}
                />
              );
            })}
          </div>
          <span>{monthWord(Date.parse(`${month}-01T00:00:00Z`))}</span>
        </div>
      ))}
    </div>
  );
}

/** One hue from deep to faint: the order is one of lightness, so every eye sees it. */
function toneOf(index: number, count: number): CSSProperties {
  const share = count < 2 ? 100 : Math.round(100 - (index / (count - 1)) * 72);
  return { background: `color-mix(in srgb, var(--c) ${share}%, var(--surface-1))` };
}
