import { useState } from "react";
import type { BackupInfo, BackupsAnswer } from "#contract/backups.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { Card } from "#web/parts/card.tsx";
import { bytesText, countText } from "#web/parts/format-number.ts";
import { fullText } from "#web/parts/format-time.ts";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import { keptWords } from "./words.ts";

const FEW = 12;

/** The kept copies, the newest first; the older ones on demand. */
export function CopiesTable({ answer }: { answer: BackupsAnswer }) {
  const [all, setAll] = useState(false);
  const { backups } = answer;
  return (
    <Card
      title="Copies"
      note={
        <>
          in <code>{answer.folder}</code>
        </>
      }
    >
      <TableScroll>
        <table className="stack">
          <thead>
            <tr>
              <th>Made</th>
              <th className="n">Age</th>
              <th className="n">Size</th>
              <th className="n">Samples</th>
              <th>Verified</th>
              <th>Kept as</th>
              <th>File</th>
            </tr>
          </thead>
          <tbody>
            {(all ? backups : backups.slice(0, FEW)).map((copy) => (
              <CopyRow key={copy.file} copy={copy} />
            ))}
          </tbody>
        </table>
      </TableScroll>
      {!all && backups.length > FEW && (
        <button type="button" className="link copies-all" onClick={() => setAll(true)}>
          Show all {countText(backups.length)} copies
        </button>
      )}
    </Card>
  );
}

function CopyRow({ copy }: { copy: BackupInfo }) {
  return (
    <tr>
      <td className="nowrap">{fullText(copy.madeMs)}</td>
      <td className="n" data-label="age">
        <AgeText tMs={copy.madeMs} />
      </td>
      <td className="n" data-label="size">
        {bytesText(copy.bytes)}
      </td>
      <td className="n" data-label="samples">
        {countText(copy.samples)}
      </td>
      <td>{copy.verified ? <span className="tag good">✓ read back</span> : <span className="tag warn">! not read back</span>}</td>
      <td data-label="kept">{keptWords(copy)}</td>
      <td>
        <code className="faint">{copy.file}</code>
      </td>
    </tr>
  );
}
