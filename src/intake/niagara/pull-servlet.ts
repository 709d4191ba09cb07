import { isObject, type JsonObject, jsonOf, own } from "#dialects/json.ts";
import { niagaraHistory } from "#dialects/niagara-history/decode.ts";
import { PullProblem } from "#intake/pull/pull-problem.ts";
import type { PulledItem, PullHouse, Pulling, PullOutcome } from "#intake/pull/pulled.ts";
import type { Item } from "#readings/reading.ts";
import { type NiagaraPull, NiagaraRun } from "./niagara-pull.ts";
import type { StationClient } from "./station-client.ts";

const MOST_BYTES = 64 * 1024 * 1024;

/** Takes the histories that a servlet of the station answers with, in the shape of frames over MQTT. Errors: PullProblem; those of the store. */
export function pullServlet(pull: NiagaraPull, pulling: Pulling, house: PullHouse): Promise<PullOutcome> {
  return NiagaraRun.over(pull, { pulling, house, decoder: `niagara-history ${niagaraHistory.version}` }, async (run) => {
    const frames = await framesAt(run.client, pull);
    for (const [done, frame] of frames.entries()) {
      if (pulling.signal.aborted) break;
      pulling.progress(done, frames.length, run.client.host);
      await run.write(`${run.client.host} frame ${done + 1}`, itemsOf(frame, pull, house.nowMs()));
    }
    return run.outcome(`${frames.length.toLocaleString("en-US")} ${frames.length === 1 ? "history" : "histories"}`, {
      histories: frames.length,
    });
  });
}

/** The frames of a servlet; one without a station is of the one that is set, or of the host. Errors: PullProblem. */
export async function framesAt(
  client: StationClient,
  { access, station }: Pick<NiagaraPull, "access" | "station">,
): Promise<readonly JsonObject[]> {
  const { reply, body } = await client.fetch(new URL(access.url), { headers: { accept: "application/json" } }, MOST_BYTES);
  if (reply.status !== 200)
    throw new PullProblem("refused", `${client.host} answers with status ${reply.status}.`, { again: reply.status >= 500 });
  const parsed = jsonOf(body);
  if (parsed.reject)
    throw new PullProblem(parsed.reject.code, `The servlet at ${client.host} does not answer with JSON. ${parsed.reject.sentence}`, {
      again: false,
    });
  const list = Array.isArray(parsed.value) ? parsed.value : [parsed.value];
  const frames = list.filter((frame): frame is JsonObject => isObject(frame) && own(frame, "historyData") !== undefined);
  if (frames.length === 0)
    throw new PullProblem("no-histories", `The servlet at ${client.host} answers without historyData.`, { again: false });
  const known = station ?? new URL(access.url).hostname;
  return frames.map((frame) => (own(frame, "stationName") === undefined ? { ...frame, stationName: known } : frame));
}

function itemsOf(frame: JsonObject, { station, zone, units, source }: NiagaraPull, nowMs: number): PulledItem[] {
  const options = niagaraHistory.options.parse({
    units,
    ...(station === undefined ? {} : { station }),
    ...(zone === undefined ? {} : { zone: zone.id }),
  });
  const body = new TextEncoder().encode(JSON.stringify(frame));
  const message = { source: source.name, topic: "", body, receivedMs: nowMs, qos: 1, retained: false } as const;
  const last = new Map<string, PulledItem>();
  for (const [i, item] of niagaraHistory.decode(message, options).items.entries()) {
    const pulled = pulledOf(item, frame);
    if (pulled !== undefined) last.set(keyOf(item, i), pulled);
  }
  return [...last.values()];
}

/** Of two rows at one instant the later one counts. */
function keyOf(item: Item, i: number): string {
  return item.type === "reading" ? `${item.reading.point} ${item.reading.quantity} ${item.reading.tMs}` : `other ${i}`;
}

function pulledOf(item: Item, frame: JsonObject): PulledItem | undefined {
  if (item.type === "nothing") return undefined;
  const said = (): string => JSON.stringify(item.type === "reading" ? item.reading : { ...frame, historyData: "…" });
  return item.type === "reading" ? { item: { reading: item.reading }, said } : { item: { reject: item.reject }, said };
}
