import type { StationAccess } from "./access.ts";
import { historiesAt } from "./obix-station.ts";
import { nodesAt } from "./pull-analytics.ts";
import { exportsAt } from "./pull-exports.ts";
import { framesAt } from "./pull-servlet.ts";
import { StationClient, type StationParts } from "./station-client.ts";

/** Where to look, and by which way. */
export interface StationPlace {
  readonly way: "niagaraExport" | "obix" | "niagaraServlet" | "niagaraAnalytics";
  readonly access: StationAccess;
  readonly station?: string;
  readonly nodes: readonly string[];
}

/** What a station has to fetch: "12 files". Nothing is stored. Errors: PullProblem. */
export async function findAtStation(place: StationPlace, parts: StationParts): Promise<string> {
  const client = new StationClient(place.access, parts);
  try {
    return await foundBy(client, place);
  } finally {
    client.close();
  }
}

async function foundBy(client: StationClient, place: StationPlace): Promise<string> {
  const { way, access, station } = place;
  if (way === "niagaraExport") return counted((await exportsAt(client, access.url)).files.length, "file", "files");
  if (way === "obix")
    return counted((await historiesAt(client, { url: access.url, station: station ?? "" })).length, "history", "histories");
  if (way === "niagaraServlet") return counted((await framesAt(client, place)).length, "history", "histories");
  const answers = await nodesAt(client, place);
  const values = answers.reduce((sum, { data }) => sum + data.length, 0);
  return `${counted(answers.length, "node", "nodes")}, ${counted(values, "value", "values")}`;
}

function counted(count: number, one: string, more: string): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : more}`;
}
