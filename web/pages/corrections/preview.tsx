import type { CorrectionMadeAnswer } from "#contract/corrections.ts";
import { countText, numberText } from "#web/parts/format-number.ts";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import { monthText, previewRows } from "./words.ts";

const MOST = 12;

/** Every month of every meter that would be another one, sums and formulas included. */
export function Preview({ answer, zone }: { answer: CorrectionMadeAnswer; zone: string }) {
  const { rows, more } = previewRows(answer, MOST);
  return (
    <section className="correction-preview" aria-label="What it would change">
      <p role="status">
        <b>{answer.sentence}</b>
      </p>
      {rows.length > 0 && (
        <TableScroll>
          <table>
            <thead>
              <tr>
                <th>Month</th>
                <th>Meter</th>
                <th className="n">Now</th>
                <th className="n">Then</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ meter, name, unit, before, after }) => (
                <tr key={`${meter} ${before.fromMs}`}>
                  <td className="nowrap">{monthText(before.fromMs, zone)}</td>
                  <td>{name}</td>
                  <td className="n">{numberText(before.amount, { unit, keepUnit: true })}</td>
                  <td className="n">
                    <b>{numberText(after?.amount ?? null, { unit, keepUnit: true })}</b>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
      {more > 0 && <p className="faint">and {countText(more)} more</p>}
    </section>
  );
}
