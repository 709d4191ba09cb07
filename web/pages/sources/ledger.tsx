import type { CSSProperties } from "react";
import type { LedgerAnswer, LedgerInfo } from "#contract/sources.ts";
import { Card } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import { totalOf } from "./words.ts";

interface Part {
  readonly name: string;
  readonly count: number;
  /** A colour, or a hatch for what was put aside. */
  readonly look: "main" | "aside" | "hatch" | "bad";
}

/** The two sums that prove that nothing was lost, drawn as bars, then for each source. */
export function Ledger({ answer }: { answer: LedgerAnswer }) {
  const total = totalOf(answer.sources);
  return (
    <Card title="Ledger" note={answer.balanced ? <span className="good">✓ balanced</span> : <span className="bad">✕ does not add up</span>}>
      <Balance title="messages received" whole={total.messages} difference={total.messagesBalance} parts={messageParts(total)} />
      <Balance title="items in them" whole={total.items} difference={total.itemsBalance} parts={itemParts(total)} />
      <TableScroll>
        <table className="ledger-table">
          <thead>
            <tr>
              <th>Source</th>
              <th className="n">Messages</th>
              <th className="n">with items</th>
              <th className="n">without</th>
              <th className="n">Items</th>
              <th className="n">stored</th>
              <th className="n">replaced</th>
              <th className="n">duplicate</th>
              <th className="n">refused</th>
              <th className="n">rejected</th>
              <th className="n">Difference</th>
            </tr>
          </thead>
          <tbody>
            {answer.sources.map((row) => (
              <Row key={row.source} row={row} />
            ))}
          </tbody>
        </table>
      </TableScroll>
    </Card>
  );
}

function Balance({ title, whole, difference, parts }: { title: string; whole: number; difference: number; parts: readonly Part[] }) {
  const there = parts.filter((part) => part.count > 0);
  return (
    <div className="balance">
      <p className="balance-head">
        <span className="num balance-whole">{countText(whole)}</span> {title}
        <span className={`balance-verdict ${difference === 0 ? "good" : "bad"}`}>
          {difference === 0 ? "✓ difference 0" : `✕ difference ${countText(difference)}`}
        </span>
      </p>
      <div className="balance-bar" aria-hidden="true">
        {there.map((part) => (
          <span key={part.name} className={part.look} style={{ "--n": part.count } as CSSProperties} />
        ))}
      </div>
      <p className="balance-legend">
        <span className="faint">=</span>
        {there.map((part, index) => (
          <span key={part.name}>
            {index > 0 && <span className="faint">+ </span>}
            <i className={`balance-key ${part.look}`} aria-hidden="true" />
            <b>{countText(part.count)}</b> {part.name}
          </span>
        ))}
        {there.length === 0 && <span className="faint">nothing yet</span>}
      </p>
    </div>
  );
}

function messageParts(row: LedgerInfo): Part[] {
  const without = Object.entries(row.without).map(
    ([reason, count]): Part => ({ name: `${reason}, nothing to read`, count, look: "aside" }),
  );
  return [{ name: "with items", count: row.withItems, look: "main" }, ...without];
}

function itemParts(row: LedgerInfo): Part[] {
  return [
    { name: "stored", count: row.stored, look: "main" },
    { name: "replaced an older value", count: row.replaced, look: "main" },
    { name: "duplicate", count: row.duplicate, look: "aside" },
    { name: "refused, an equal instant keeps its first value", count: row.refused, look: "aside" },
    { name: "on the way to the store", count: row.spooled, look: "hatch" },
    { name: "rejected", count: row.rejected, look: "bad" },
  ];
}

function Row({ row }: { row: LedgerInfo }) {
  const without = Object.values(row.without).reduce((sum, count) => sum + count, 0);
  const reasons = Object.entries(row.without).map(([reason, count]) => `${countText(count)} ${reason}`);
  const difference = Math.abs(row.messagesBalance) + Math.abs(row.itemsBalance);
  return (
    <tr>
      <td>{row.source}</td>
      <td className="n">{countText(row.messages)}</td>
      <td className="n">{countText(row.withItems)}</td>
      <td className="n" title={reasons.join(", ") || undefined}>
        {countText(without)}
      </td>
      <td className="n">{countText(row.items)}</td>
      <td className="n">{countText(row.stored)}</td>
      <td className="n">{countText(row.replaced)}</td>
      <td className="n">{countText(row.duplicate)}</td>
      <td className="n">{countText(row.refused)}</td>
      <td className="n">{countText(row.rejected)}</td>
      <td className={`n ${difference === 0 ? "good" : "bad"}`}>{difference === 0 ? "✓ 0" : `✕ ${countText(difference)}`}</td>
    </tr>
  );
}
