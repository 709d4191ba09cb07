import { Button } from "@mantine/core";
import { Fragment, useId, useState } from "react";
import type { RejectInfo } from "#contract/sources.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { bytesText, countText } from "#web/parts/format-number.ts";
import { fullText } from "#web/parts/format-time.ts";
import { Seg } from "#web/parts/seg.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import { hexLines } from "./hex.ts";

interface RejectRowsProps {
  readonly rejects: readonly RejectInfo[];
  readonly busy: boolean;
  /** Left out where the reader may not. */
  readonly onRedrive: ((id: number) => void) | undefined;
}

/** Newest first; a row opens to its original bytes. */
export function RejectRows({ rejects, busy, onRedrive }: RejectRowsProps) {
  const [opened, setOpened] = useState<number>();
  return (
    <TableScroll>
      <table className="stack">
        <thead>
          <tr>
            <th>Reason</th>
            <th>Source</th>
            <th className="n">Times</th>
            <th className="n">Bytes</th>
            <th className="n">Last</th>
            <th className="n">
              <span className="read-aloud">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rejects.map((reject) => (
            <Row
              key={reject.id}
              reject={reject}
              opened={opened === reject.id}
              busy={busy}
              onToggle={() => setOpened(opened === reject.id ? undefined : reject.id)}
              onRedrive={onRedrive && (() => onRedrive(reject.id))}
            />
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

interface RowProps {
  readonly reject: RejectInfo;
  readonly opened: boolean;
  readonly busy: boolean;
  readonly onToggle: () => void;
  readonly onRedrive: (() => void) | undefined;
}

function Row({ reject, opened, busy, onToggle, onRedrive }: RowProps) {
  const id = useId();
  return (
    <Fragment>
      <tr>
        <td>
          {reject.sentence}
          <div className="topics">
            {reject.code} · {reject.topic}
          </div>
        </td>
        <td data-label="from">{reject.source}</td>
        <td className="n" data-label="times">
          {countText(reject.count)}
        </td>
        <td className="n" data-label="bytes">
          {bytesText(reject.bodyBytes)}
        </td>
        <td className="n" data-label="last">
          <AgeText tMs={reject.lastMs} />
        </td>
        <td className="n">
          <button type="button" className="link" aria-expanded={opened} aria-controls={id} onClick={onToggle}>
            {opened ? "Close" : "Bytes"}
          </button>
        </td>
      </tr>
      {opened && (
        <tr className="detail" id={id}>
          <td colSpan={6}>
            <Bytes reject={reject} />
            {onRedrive && (
              <Button variant="default" size="xs" disabled={busy} onClick={onRedrive}>
                Read this one again
              </Button>
            )}
          </td>
        </tr>
      )}
    </Fragment>
  );
}

const VIEWS = [
  { value: "text", label: "Text" },
  { value: "hex", label: "Hex" },
] as const;

function Bytes({ reject }: { reject: RejectInfo }) {
  const [view, setView] = useState<"text" | "hex">("text");
  const bytes = Uint8Array.from(atob(reject.body), (character) => character.charCodeAt(0));
  const cut = reject.bodyBytes > bytes.length;
  return (
    <>
      <div className="reject-about">
        <Seg label="View" value={view} options={VIEWS} onChange={setView} />
        <span className="faint">
          first {fullText(reject.receivedMs)} · decoder {reject.decoder}
          {cut && ` · the first ${bytesText(bytes.length)} of ${bytesText(reject.bodyBytes)} are kept`}
        </span>
      </div>
      <pre className="bytes">{view === "text" ? reject.text : hexLines(bytes)}</pre>
    </>
  );
}
