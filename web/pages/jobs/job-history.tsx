import { useQuery } from "@tanstack/react-query";
import { Fragment, useId, useState } from "react";
import type { JobLogAnswer, JobRun } from "#contract/jobs.ts";
import { durationWords } from "#web/charts/time-words.ts";
import { getJson } from "#web/client/fetch.ts";
import { fullText } from "#web/parts/format-time.ts";
import { countsText, resultWords, WHY_WORDS } from "./words.ts";

interface JobHistoryProps {
  readonly job: string;
  /** The newest first. */
  readonly runs: readonly JobRun[];
  readonly zone: string | undefined;
}

/** The last runs of a job; each opens to what it counted and wrote down. */
export function JobHistory({ job, runs, zone }: JobHistoryProps) {
  const [opened, setOpened] = useState<number>();
  return (
    <table className="inner stack">
      <thead>
        <tr>
          <th>Began</th>
          <th>Why</th>
          <th className="n">Took</th>
          <th>Result</th>
          <th>What it did</th>
          <th>
            <span className="read-aloud">Log</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <RunRows
            key={run.id}
            job={job}
            run={run}
            zone={zone}
            opened={opened === run.id}
            onToggle={() => setOpened(opened === run.id ? undefined : run.id)}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RunRowsProps {
  readonly job: string;
  readonly run: JobRun;
  readonly zone: string | undefined;
  readonly opened: boolean;
  readonly onToggle: () => void;
}

function RunRows({ job, run, zone, opened, onToggle }: RunRowsProps) {
  const id = useId();
  const words = resultWords(run);
  const counts = countsText(run.counts);
  return (
    <Fragment>
      <tr>
        <td className="nowrap">{fullText(run.startedMs, { zone })}</td>
        <td data-label="why">{WHY_WORDS[run.why]}</td>
        <td className="n" data-label="took">
          {run.endedMs === null ? "—" : tookText(run.endedMs - run.startedMs)}
        </td>
        <td>
          <span className={`tag ${words.tone}`}>{words.words}</span>
        </td>
        <td>
          {run.result !== "running" && run.sentence}
          {counts !== "" && <div className="faint">{counts}</div>}
        </td>
        <td>
          <button
            type="button"
            className="link"
            aria-expanded={opened}
            aria-controls={id}
            aria-label={`Log of ${fullText(run.startedMs, { zone })}`}
            onClick={onToggle}
          >
            {opened ? "Close" : "Log"}
          </button>
        </td>
      </tr>
      {opened && (
        <tr id={id}>
          <td colSpan={6}>
            <RunLog job={job} run={run} zone={zone} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

function RunLog({ job, run, zone }: Pick<RunRowsProps, "job" | "run" | "zone">) {
  const { data, error } = useQuery({
    queryKey: ["jobs", job, run.id, run.endedMs],
    queryFn: ({ signal }) => getJson<JobLogAnswer>(`/jobs/${encodeURIComponent(job)}/runs/${run.id}`, { signal }),
    refetchInterval: run.endedMs === null ? 2_000 : false,
  });
  if (error !== null) return <p className="bad">{error.message}</p>;
  if (data === undefined) return <p className="faint">Reading the log…</p>;
  if (data.log.length === 0) return <p className="faint">It wrote nothing down: all went as usual.</p>;
  return (
    <ol className="job-log">
      {data.log.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added behind
        <li key={at}>
          <time>{fullText(line.tMs, { zone })}</time> {line.text}
        </li>
      ))}
    </ol>
  );
}

function tookText(ms: number): string {
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)}\u00a0s` : durationWords(ms);
}
