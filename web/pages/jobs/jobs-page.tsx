import "#web/parts/table.css";
import "./jobs.css";
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Fragment, useId, useState } from "react";
import type { CancelJobAnswer, JobInfo, JobsAnswer, RunJobAnswer } from "#contract/jobs.ts";
import { getJson, sendJson } from "#web/client/fetch.ts";
import { useMay } from "#web/client/role.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { Answer, Card } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { fullText, momentText } from "#web/parts/format-time.ts";
import { EmptyState, ErrorState, PageSkeleton, Skeleton } from "#web/parts/states.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import { JobHistory } from "./job-history.tsx";
import { jobsSentence, limitWords, resultWords, scheduleWords } from "./words.ts";

const jobsQuery = queryOptions({
  queryKey: ["jobs"],
  queryFn: ({ signal }) => getJson<JobsAnswer>("/jobs", { signal }),
  refetchInterval: (query) => (query.state.data?.jobs.some((job) => job.running) ? 2_000 : 15_000),
});

/** Work that is done by the clock: when it is due, what it did last, and a way to have it done now. */
export function JobsPage() {
  const query = useQuery(jobsQuery);
  const answer = query.data;
  if (answer === undefined) {
    return query.error ? <ErrorState error={query.error} retry={() => void query.refetch()} /> : <JobsSkeleton />;
  }
  const running = answer.jobs.filter((job) => job.running).length;
  const zone = zoneOf(answer);
  return (
    <>
      <Answer
        sentence={jobsSentence(answer)}
        evidence={[
          running === 0 ? "None under way" : `${countText(running)} under way`,
          ...(zone === undefined ? [] : [`Times of ${zone}`]),
          <AgeText key="age" tMs={answer.nowMs} ago />,
        ]}
      />
      {answer.jobs.length === 0 ? (
        <EmptyState sentence="No job is set up. A drop folder for files of the PLC or a mirror in Azure SQL brings its own; both are named in the configuration.">
          <code>wattkeep check</code>
        </EmptyState>
      ) : (
        <JobTable answer={answer} />
      )}
    </>
  );
}

/** The zone all jobs share, or undefined. */
function zoneOf({ jobs }: JobsAnswer): string | undefined {
  const zones = new Set(jobs.flatMap((job) => job.zone ?? []));
  return zones.size === 1 ? [...zones][0] : undefined;
}

function JobTable({ answer }: { answer: JobsAnswer }) {
  const [opened, setOpened] = useState<string>();
  return (
    <Card title="Jobs" note="a run that was missed while the power was off is made up for once">
      <TableScroll>
        <table className="stack jobs">
          <thead>
            <tr>
              <th>Job</th>
              <th>When</th>
              <th className="n">Next</th>
              <th>Last run</th>
              <th>
                <span className="read-aloud">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {answer.jobs.map((job) => (
              <JobRows
                key={job.name}
                job={job}
                nowMs={answer.nowMs}
                alone={zoneOf(answer)}
                opened={opened === job.name}
                onToggle={() => setOpened(opened === job.name ? undefined : job.name)}
              />
            ))}
          </tbody>
        </table>
      </TableScroll>
    </Card>
  );
}

interface JobRowsProps {
  readonly job: JobInfo;
  readonly nowMs: number;
  /** The zone of all jobs, where they share one: it is said above. */
  readonly alone: string | undefined;
  readonly opened: boolean;
  readonly onToggle: () => void;
}

function JobRows({ job, nowMs, alone, opened, onToggle }: JobRowsProps) {
  const id = useId();
  const may = useMay("operator");
  const zone = job.zone ?? undefined;
  return (
    <Fragment>
      <tr>
        <td>
          {job.title}
          <div className="job-name">{job.name}</div>
        </td>
        <td>
          <span title={job.schedule ?? undefined}>{scheduleWords(job)}</span>
          {zone !== undefined && alone === undefined && <div className="faint">{zone}</div>}
        </td>
        <td className="n nowrap" data-label="next">
          {job.nextMs === null ? "—" : <time title={fullText(job.nextMs, { zone })}>{momentText(job.nextMs, nowMs, { zone })}</time>}
        </td>
        <td>
          <LastRun job={job} />
        </td>
        <td>
          <div className="job-actions">
            {job.history.length > 0 && (
              <button type="button" className="link" aria-expanded={opened} aria-controls={id} onClick={onToggle}>
                {opened ? "Close" : "History"}
              </button>
            )}
            {may && (job.running ? <EndButton job={job} /> : <RunButton job={job} />)}
          </div>
        </td>
      </tr>
      {opened && (
        <tr className="detail" id={id}>
          <td colSpan={5}>
            <JobHistory job={job.name} runs={job.history} zone={zone} />
            <p className="faint">{limitWords(job)}</p>
          </td>
        </tr>
      )}
    </Fragment>
  );
}

function LastRun({ job }: { job: JobInfo }) {
  const { last, progress } = job;
  if (last === null) return <span className="faint">has not run yet</span>;
  const words = resultWords(last);
  return (
    <>
      <span className={`tag ${words.tone}`}>{words.words}</span>{" "}
      <AgeText tMs={last.endedMs ?? last.startedMs} zone={job.zone ?? undefined} ago />
      {progress !== null && <RunProgress {...progress} />}
      {last.result !== "running" && <div className={last.result === "failed" ? "bad" : "muted"}>{last.sentence}</div>}
    </>
  );
}

/** How far a run has come; without a total only what it is at. */
function RunProgress({ done, total, what }: NonNullable<JobInfo["progress"]>) {
  const text = total > 0 ? `${countText(done)} of ${countText(total)} ${what}` : what;
  return (
    <div className="job-progress">
      {total > 0 && <progress value={done} max={total} aria-label={text} />}
      <span className="muted">{text}</span>
    </div>
  );
}

function RunButton({ job }: { job: JobInfo }) {
  const queries = useQueryClient();
  const run = useMutation({
    mutationFn: () => sendJson<RunJobAnswer>("POST", `/jobs/${encodeURIComponent(job.name)}/run`),
    onSuccess: (answer) =>
      notifications.show({
        title: answer.job.title,
        message: answer.started ? "It has begun; this page follows it." : "It is under way already; this page follows it.",
      }),
    onError: (error) => notifications.show({ title: `${job.title} was not started`, message: error.message, color: "red" }),
    onSettled: () => void queries.invalidateQueries({ queryKey: ["jobs"] }),
  });
  return (
    <Button variant="default" size="xs" disabled={run.isPending} onClick={() => run.mutate()} aria-label={`Run ${job.title} now`}>
      Run now
    </Button>
  );
}

function EndButton({ job }: { job: JobInfo }) {
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => sendJson<CancelJobAnswer>("POST", `/jobs/${encodeURIComponent(job.name)}/cancel`),
    onSuccess: ({ told }) =>
      notifications.show({
        title: job.title,
        message: told ? "It finishes the piece at hand and ends; what is done stays." : "It has ended by itself.",
      }),
    onError: (error) => notifications.show({ title: `${job.title} was not told to end`, message: error.message, color: "red" }),
    onSettled: () => void queries.invalidateQueries({ queryKey: ["jobs"] }),
  });
  return (
    <Button variant="default" size="xs" disabled={end.isPending} onClick={() => end.mutate()} aria-label={`End ${job.title}`}>
      End
    </Button>
  );
}

function JobsSkeleton() {
  return (
    <PageSkeleton>
      <Skeleton height={240} />
    </PageSkeleton>
  );
}
