import { Fragment, useRef, useState } from "react";
import type { BuildingPointsAnswer, PointGuessAnswer } from "#contract/building-points.ts";
import { useNow } from "#web/client/live.tsx";
import { useMay } from "#web/client/role.ts";
import { ageText } from "#web/parts/format-time.ts";
import { TablePages } from "#web/parts/table-pages.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import { NamesEditor } from "./names-editor.tsx";
import { sureness } from "./names-view.ts";

const SIZE = 100;
const COLUMNS = 5;

/** Histories with what each is taken for and why; a row opens to be put right. */
export function NamesTable({ rows, answer }: { rows: readonly PointGuessAnswer[]; answer: BuildingPointsAnswer }) {
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState<string>();
  const pages = Math.max(1, Math.ceil(rows.length / SIZE));
  const shown = rows.slice((Math.min(page, pages) - 1) * SIZE, Math.min(page, pages) * SIZE);
  const names = useRef(new Map<string, HTMLButtonElement>());
  /** Whoever came with the keyboard goes on from the row that was closed. */
  const close = (point: string) => {
    setOpen(undefined);
    names.current.get(point)?.focus();
  };
  const labels = new Map(answer.roles.map(({ id, label }) => [id, label]));
  return (
    <div className="card">
      <div className="body">
        <TableScroll>
          <table className="names-table stack">
            <thead>
              <tr>
                <th>History</th>
                <th>Equipment</th>
                <th>Role</th>
                <th>Why</th>
                <th className="n">Newest</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <Fragment key={row.point}>
                  <Row
                    row={row}
                    label={row.role === null ? undefined : (labels.get(row.role) ?? row.role)}
                    isOpen={open === row.point}
                    onOpen={() => setOpen(open === row.point ? undefined : row.point)}
                    onName={(button) => {
                      if (button === null) names.current.delete(row.point);
                      else names.current.set(row.point, button);
                    }}
                  />
                  {open === row.point && (
                    <tr className="names-open">
                      <td colSpan={COLUMNS}>
                        <Opened row={row} answer={answer} onDone={() => close(row.point)} />
                      </td>
                    </tr>
                  )}
                </Fragment>
              ))}
            </tbody>
          </table>
        </TableScroll>
        <TablePages page={Math.min(page, pages)} pages={pages} size={SIZE} rows={rows.length} noun="histories" onPage={setPage} />
      </div>
    </div>
  );
}

function Opened({ row, answer, onDone }: { row: PointGuessAnswer; answer: BuildingPointsAnswer; onDone: () => void }) {
  const may = useMay("operator");
  if (row.decision?.from === "file") return <p>The configuration says so; it is changed there, below buildings, points, {row.point}.</p>;
  if (!may) return <p>Sign in as operator to say what this history is.</p>;
  return <NamesEditor row={row} answer={answer} onDone={onDone} />;
}

interface RowProps {
  readonly row: PointGuessAnswer;
  readonly label: string | undefined;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  readonly onName: (button: HTMLButtonElement | null) => void;
}

function Row({ row, label, isOpen, onOpen, onName }: RowProps) {
  const nowMs = useNow(60_000);
  const { decision, roleEvidence, shadowedBy, collidesWith } = row;
  const none = decision?.role === "none";
  return (
    <tr>
      <td>
        <button ref={onName} type="button" className="link names-name" aria-expanded={isOpen} onClick={onOpen}>
          {row.name}
        </button>
        {row.path !== "" && row.path !== row.name && <small className="faint">{row.path}</small>}
      </td>
      <td data-label="Equipment">{row.equipmentName ?? <span className="faint">none</span>}</td>
      <td data-label="Role">
        {none ? <span className="faint">left out</span> : (label ?? <span className="tag warn">no role</span>)}
        {decision !== null && (
          <small className="faint">
            {decision.from === "file" ? "said by the configuration" : `said by ${decision.who ?? "somebody"}`}
          </small>
        )}
      </td>
      <td className="names-why">
        {roleEvidence !== null && !none && (
          <>
            <span className="names-sure" data-sure={sureness(roleEvidence.confidence)}>
              {sureness(roleEvidence.confidence)}
            </span>{" "}
            {roleEvidence.sentence}
          </>
        )}
        {shadowedBy !== null && <small className="names-note">{shadowedBy}</small>}
        {collidesWith.length > 0 && (
          <small className="names-note">
            Same name as {collidesWith.length === 1 ? "another history" : `${collidesWith.length} others`}
          </small>
        )}
      </td>
      <td className="n" data-label="Newest">
        {row.lastMs === null ? "never" : ageText(nowMs - row.lastMs)}
      </td>
    </tr>
  );
}
