import { instantOf, readTime } from "#calendar/time-text.ts";
import { meaningOf } from "#dialects/niagara-history/meaning.ts";
import { statusBits } from "#dialects/niagara-history/status.ts";
import { historyPlace } from "#dialects/niagara-place.ts";
import { isAbsence } from "#dialects/number.ts";
import { quoted } from "#dialects/text.ts";
import { PullProblem } from "#intake/pull/pull-problem.ts";
import type { PulledItem, PullHouse, Pulling, PullOutcome } from "#intake/pull/pulled.ts";
import type { Reading, RejectItem } from "#readings/reading.ts";
import { canonicalName } from "#series/history-name.ts";
import { type NodeAnswer, type NodeDatum, nodeAnswers } from "./analytics-answer.ts";
import { type NiagaraPull, NiagaraRun } from "./niagara-pull.ts";
import type { StationClient } from "./station-client.ts";

export interface AnalyticsPull extends NiagaraPull {
  /** `slot:/…` or `hierarchy:/…` */
  readonly nodes: readonly string[];
}

const MOST_BYTES = 16 * 1024 * 1024;
/** Messages of one question. */
const MOST_MESSAGES = 50;
/** Kinds of data that are values of a building, and not icons, facets or links. */
const VALUES = new Set(["numeric", "boolean", "enum", "string", ""]);

/** Takes what nodes of the Analytics Web API hold now. Errors: PullProblem; those of the store. */
export function pullAnalytics(pull: AnalyticsPull, pulling: Pulling, house: PullHouse): Promise<PullOutcome> {
  return NiagaraRun.over(pull, { pulling, house, decoder: "niagara-analytics 1" }, async (run) => {
    const answers = await nodesAt(run.client, pull);
    for (const { node, error } of answers.filter((one) => one.error !== ""))
      run.failed(node, new Error(`the station says ${quoted(error)}.`));
    const items = answers.flatMap((answer) => itemsOf(answer, pull, house.nowMs()));
    await run.write(run.client.host, items);
    const silent = answers.filter(({ data, error }) => data.length === 0 && error === "").map(({ node }) => node);
    if (silent.length > 0) pulling.note(`Nodes that hold no value: ${silent.slice(0, 20).join(", ")}.`);
    return run.outcome(`${answers.length.toLocaleString("en-US")} ${answers.length === 1 ? "node" : "nodes"}`, { nodes: answers.length });
  });
}

/** What the nodes hold: described first, then asked for where the description has no value. Errors: PullProblem. */
export async function nodesAt(
  client: StationClient,
  { access, nodes }: Pick<AnalyticsPull, "access" | "nodes">,
): Promise<readonly NodeAnswer[]> {
  const url = new URL(access.url);
  const described = await askAll(
    client,
    url,
    nodes.map((node) => ({ message: "GetNode", node })),
  );
  const answers = described.map((answer, i) => ({ ...answer, node: answer.node || (nodes[i] ?? "") }));
  const open = answers.flatMap(({ node, data }) =>
    data.filter(({ value, type }) => value === undefined && VALUES.has(type)).map((datum) => ({ node, datum })),
  );
  const told = await askAll(
    client,
    url,
    open.map(({ node, datum }) => ({ message: "GetValue", node, data: datum.data })),
  );
  const values = new Map(open.map(({ node, datum }, i) => [`${node}\n${datum.data}`, told[i]]));
  return answers.map((answer) => ({
    ...answer,
    data: answer.data.flatMap((datum) => {
      if (datum.value !== undefined) return [datum];
      const value = values.get(`${answer.node}\n${datum.data}`)?.data[0];
      return value === undefined
        ? []
        : [{ ...datum, value: value.value, status: value.status, time: value.time, unit: value.unit || datum.unit }];
    }),
  }));
}

async function askAll(client: StationClient, url: URL, requests: readonly object[]): Promise<readonly NodeAnswer[]> {
  const answers: NodeAnswer[] = [];
  for (let at = 0; at < requests.length; at += MOST_MESSAGES) {
    const some = requests.slice(at, at + MOST_MESSAGES);
    const question = {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ requests: some }),
    } as const;
    const { reply, body } = await client.fetch(url, question, MOST_BYTES);
    if (reply.status === 404)
      throw new PullProblem("no-analytics", `${client.host} has no Analytics Web API at ${url.pathname}.`, { again: false });
    if (reply.status !== 200)
      throw new PullProblem("refused", `${client.host} answers with status ${reply.status}.`, { again: reply.status >= 500 });
    const said = nodeAnswers(body);
    if ("code" in said) throw new PullProblem(said.code, `The Analytics Web API at ${client.host}: ${said.sentence}`, { again: false });
    if (said.length < some.length)
      throw new PullProblem("too-few", `The Analytics Web API at ${client.host} answers ${said.length} of ${some.length} messages.`);
    answers.push(...said.slice(0, some.length));
  }
  return answers;
}

function itemsOf({ node, data }: NodeAnswer, pull: AnalyticsPull, nowMs: number): PulledItem[] {
  return data.map((datum): PulledItem => {
    const said = (): string => JSON.stringify({ node, ...datum });
    const read = readingOf(node, datum, { pull, nowMs, alone: data.length === 1 });
    return "code" in read
      ? { item: { reject: { code: read.code, sentence: `${node}: ${read.sentence}` } }, said }
      : { item: { reading: read }, said };
  });
}

interface Around {
  readonly pull: AnalyticsPull;
  readonly nowMs: number;
  /** The only thing its node holds, which is then called as the node is. */
  readonly alone: boolean;
}

function readingOf(node: string, datum: NodeDatum, { pull, nowMs, alone }: Around): Reading | RejectItem {
  const { station, units, access } = pull;
  const own = datum.data.replace(/^\w+:/, "");
  const path = node.replace(/^\w+:\/*/, "").replace(/\/+$/, "");
  const place = historyPlace({
    station: station ?? new URL(access.url).hostname,
    path: alone || own === "" || own === "out" ? path : `${path}/${own}`,
    ...(station === undefined ? {} : { plainStation: canonicalName(station) }),
  });
  const spoken = spokenOf(datum, place.words, units);
  if ("code" in spoken) return spoken;
  const told = datum.time === "" ? undefined : readTime(datum.time);
  const tMs = (told && instantOf(told)) ?? nowMs;
  const { device, point, pointName, about } = place;
  const quality = statusBits(datum.status);
  return {
    ...{ device, point, pointName, about, ...spoken, tMs },
    ...(quality === 0 ? {} : { quality }),
    ...(datum.status === "" ? {} : { status: datum.status }),
  };
}

/** Errors: `not-a-number`, `not-a-value`. */
function spokenOf(
  { value, unit, type }: NodeDatum,
  words: string,
  units: NiagaraPull["units"],
): Pick<Reading, "quantity" | "unit" | "kind" | "value"> | RejectItem {
  const meaning = meaningOf(words, unit, units);
  const number = { quantity: meaning.quantity, unit: meaning.unit, kind: "gauge" } as const;
  if (value === null || (typeof value === "string" && isAbsence(value))) return { ...number, value: Number.NaN };
  if (typeof value === "number" && Number.isFinite(value)) return { ...number, value };
  if (typeof value === "boolean") return { quantity: "state", unit: "text", kind: "state", value: String(value) };
  if (typeof value !== "string") return { code: "not-a-value", sentence: `${quoted(value)} is neither a number nor a word.` };
  if (type !== "numeric") return { quantity: "state", unit: "text", kind: "state", value: value.slice(0, 200) };
  const read = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value.trim()) ? Number(value) : Number.NaN;
  return Number.isFinite(read) ? { ...number, value: read } : { code: "not-a-number", sentence: `${quoted(value)} is not a number.` };
}
