import "#web/parts/table.css";
import "./backups.css";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { BackupsAnswer } from "#contract/backups.ts";
import { useNow } from "#web/client/live.tsx";
import { useMay } from "#web/client/role.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { Answer, Card, Strip } from "#web/parts/card.tsx";
import { CopyButton } from "#web/parts/copy-button.tsx";
import { bytesText, countText } from "#web/parts/format-number.ts";
import { fullText, momentText } from "#web/parts/format-time.ts";
import { EmptyState, ErrorState, PageSkeleton, Skeleton } from "#web/parts/states.tsx";
import { CopiesCard } from "./copies-card.tsx";
import { CopiesTable } from "./copies-table.tsx";
import { backupsQuery, useBackUp } from "./use-back-up.ts";
import { backupsSentence, DESTINATION_WORDS, resultWords, untilWords } from "./words.ts";

/** Whether what is kept here would survive this machine: the copies, where they go, and the way back. */
export function BackupsPage() {
  const query = useQuery(backupsQuery);
  const answer = query.data;
  if (answer === undefined) {
    return query.error ? <ErrorState error={query.error} retry={() => void query.refetch()} /> : <BackupsSkeleton />;
  }
  return (
    <>
      <Answer
        sentence={backupsSentence(answer)}
        evidence={[
          answer.destination === null ? "No second place is set" : `Also goes to ${answer.destination.target}`,
          <AgeText key="age" tMs={answer.nowMs} ago />,
        ]}
      >
        <BackUpNow answer={answer} />
      </Answer>
      <Figures answer={answer} />
      <div className="grid">
        <Problems answer={answer} />
        {answer.backups.length > 0 && <CopiesCard answer={answer} />}
        <div className="backups-pair">
          <Destination answer={answer} />
          <Restore answer={answer} />
        </div>
        {answer.backups.length > 0 ? <CopiesTable answer={answer} /> : <NoCopies answer={answer} />}
      </div>
    </>
  );
}

function BackUpNow({ answer }: { answer: BackupsAnswer }) {
  const may = useMay("operator");
  const run = useBackUp();
  if (!may) return null;
  return (
    <Button size="xs" loading={answer.running || run.isPending} onClick={() => run.mutate()}>
      Back up now
    </Button>
  );
}

function Figures({ answer }: { answer: BackupsAnswer }) {
  const nowMs = useNow();
  const { nextMs, last, freeBytes } = answer;
  return (
    <Strip
      items={[
        { label: "Copies", value: countText(answer.backups.length), note: bytesText(answer.totalBytes) },
        {
          label: "Last run",
          value: last === null ? "—" : <AgeText tMs={last.atMs} ago />,
          note: last === null ? "none yet" : resultWords(last.result).words,
        },
        {
          label: "Next run",
          value: answer.running ? "under way" : nextMs === null ? "—" : untilWords(nextMs, nowMs),
          note: nextMs === null ? "only when asked" : <time title={fullText(nextMs)}>{momentText(nextMs, nowMs)}</time>,
        },
        { label: "Free on the disk", value: freeBytes === null ? "—" : bytesText(freeBytes), note: roomWords(answer) },
      ]}
    />
  );
}

const MOST_ROOM = 1000;

/** How many more copies of today's size the disk holds. */
function roomWords({ freeBytes, backups }: BackupsAnswer): string {
  const size = backups[0]?.bytes ?? 0;
  if (freeBytes === null) return "not known";
  if (size === 0) return "\u00a0";
  const room = Math.floor(freeBytes / size);
  return room > MOST_ROOM ? `room for more than ${countText(MOST_ROOM)} copies` : `room for ${countText(room)} more`;
}

function Problems({ answer }: { answer: BackupsAnswer }) {
  const failures = [
    ...(answer.last?.result === "failed" ? [{ what: "The last backup failed", ...answer.last }] : []),
    ...(answer.destination?.result === "failed"
      ? [{ what: `The copy to ${answer.destination.target} failed`, atMs: answer.destination.atMs, sentence: answer.destination.sentence }]
      : []),
  ];
  if (failures.length === 0) return null;
  return (
    <div className="backups-problems" role="alert">
      {failures.map((failure) => (
        <p key={failure.what}>
          <strong className="bad">✕ {failure.what}</strong> <AgeText tMs={failure.atMs} ago />: {failure.sentence}
        </p>
      ))}
    </div>
  );
}

function Destination({ answer }: { answer: BackupsAnswer }) {
  const to = answer.destination;
  if (to === null) {
    return (
      <Card title="Second place">
        <p className="muted">
          The copies lie on this machine only. Name a folder of another disk, an rsync target or a git remote, and each backup goes there
          too:
        </p>
        <pre className="command">{"backups:\n  to: { folder: /mnt/nas/wattkeep }"}</pre>
        <CopyButton text={"backups:\n  to: { folder: /mnt/nas/wattkeep }\n"} label="Copy the lines" />
      </Card>
    );
  }
  const words = resultWords(to.result);
  return (
    <Card title="Second place" note={DESTINATION_WORDS[to.kind]}>
      <p>
        <code className="backups-target">{to.target}</code>
      </p>
      <p className="backups-result">
        <span className={`tag ${words.tone}`}>{words.words}</span> <AgeText tMs={to.atMs} ago />
      </p>
      <p className={to.result === "failed" ? "bad" : "muted"}>{to.sentence}</p>
    </Card>
  );
}

function Restore({ answer }: { answer: BackupsAnswer }) {
  return (
    <Card title="The way back">
      <p className="muted">Stop the server, bring the newest copy back, and start it again. What is there now is kept beside it.</p>
      {answer.restoreCommand === null ? (
        <p className="after-text">There is no copy to bring back yet.</p>
      ) : (
        <>
          <pre className="command">{answer.restoreCommand}</pre>
          <CopyButton text={answer.restoreCommand} label="Copy the command" />
        </>
      )}
    </Card>
  );
}

function NoCopies({ answer }: { answer: BackupsAnswer }) {
  if (answer.enabled) return <EmptyState sentence={`No copy yet. They are put into ${answer.folder}, each verified when made.`} />;
  return (
    <EmptyState sentence="No copy is made by itself here. Turn backups on in the configuration, and one is made every hour:">
      <code>{"backups: { enabled: true }"}</code>
    </EmptyState>
  );
}

function BackupsSkeleton() {
  return (
    <PageSkeleton>
      <div className="grid">
        <Skeleton height={72} />
        <Skeleton height={160} />
        <Skeleton height={320} />
      </div>
    </PageSkeleton>
  );
}
