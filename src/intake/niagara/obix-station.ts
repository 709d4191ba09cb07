import { type ObixAnswer, type ObixRef, readObix } from "#dialects/obix-history/obix-answer.ts";
import { PullProblem } from "#intake/pull/pull-problem.ts";
import type { StationClient } from "./station-client.ts";

/** A hundred thousand records have some 15 MB. */
const MOST_BYTES = 64 * 1024 * 1024;

export interface ObixPlace {
  readonly url: string;
  readonly station: string;
}

/** Histories that a station lists. Errors: PullProblem. */
export async function historiesAt(client: StationClient, { url, station }: ObixPlace): Promise<readonly ObixRef[]> {
  const list = new URL(`${rootOf(url)}/histories/${encodeURIComponent(station)}/`);
  const answer = await askObix(client, list);
  if (answer.kind === "error")
    throw new PullProblem("no-histories", `${client.host} lists no histories of ${station}. ${answer.sentence}`, { again: false });
  const refs = answer.kind === "object" ? answer.refs.filter(({ href }) => href !== "") : [];
  if (refs.length > 0) return refs;
  throw new PullProblem(
    "no-histories",
    `${client.host} lists no histories of ${station} at ${list.pathname}. See that the station has that name and the user may read its histories.`,
    { again: false },
  );
}

/** An answer of oBIX. Errors: PullProblem where the station refuses oBIX as a whole, or answers with something else. */
export async function askObix(client: StationClient, url: URL): Promise<Exclude<ObixAnswer, { kind: "unreadable" }>> {
  const { reply, body } = await client.fetch(url, { headers: { accept: "text/xml, application/xml" } }, MOST_BYTES);
  if (reply.status === 410)
    throw new PullProblem("obix-disabled", `oBIX is switched off at ${client.host}. Enable its oBIX network.`, { again: false });
  if (reply.status === 403) throw forbidden(client.host, body);
  const answer = readObix(body);
  if (answer.kind === "error") return answer;
  if (reply.status === 404) return { kind: "error", contract: "obix:BadUriErr", sentence: `${client.host} does not know ${url.pathname}.` };
  if (reply.status !== 200) throw new PullProblem("refused", `${client.host} answers with status ${reply.status}.`);
  if (answer.kind !== "unreadable") return answer;
  const { code, sentence } = answer.reject;
  throw new PullProblem(code, `${client.host}: ${sentence}`, { again: code === "cut-short" });
}

function forbidden(host: string, body: Uint8Array): PullProblem {
  const said = new TextDecoder().decode(body.subarray(0, 2_000));
  const sentence = /unlicen[sc]ed/i.test(said)
    ? `The station at ${host} has no licence for oBIX. Ask whoever licensed the station, or fetch its exports.`
    : `${host} does not let the user use oBIX.`;
  return new PullProblem("forbidden", sentence, { again: false });
}

/** The address of oBIX, whether or not the setting has it. */
export function rootOf(url: string): string {
  return /\/obix$/.test(url) ? url : `${url}/obix`;
}
