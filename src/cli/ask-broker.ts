import { readFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { ConfigDocument } from "#config/document.ts";
import { isNiagaraConfig } from "#config/old-niagara-settings.ts";
import { Exit } from "./exit.ts";

/** Where a broker is. */
export interface BrokerAddress {
  readonly host: string;
  readonly port: number;
}

/** A terminal with a person at it. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/** Asks for host and port of the broker; Enter keeps what is set. Errors: Exit 2 where nobody is at the terminal, or the questions are left. */
export async function askBroker(now: BrokerAddress, { input, output }: Terminal): Promise<BrokerAddress> {
  if (input.isTTY !== true)
    throw new Exit(2, "--ask needs a person at a terminal; set MQTT_HOST and MQTT_PORT, or the broker in the configuration.");
  const lines = createInterface({ input, output });
  // Who ends the input has answered nothing.
  const left = new Promise<never>((_, reject) =>
    lines.once("close", () => reject(new Exit(2, "The questions were left; nothing is started."))),
  );
  left.catch(() => undefined);
  const ask = (question: string): Promise<string> => Promise.race([lines.question(question), left]);
  try {
    const host = await answered(ask, `MQTT host [${now.host}]: `, (text) =>
      text === "" ? now.host : /^[\w.-]+$|^\[?[\da-f:]+\]?$/i.test(text) ? text : undefined,
    );
    const port = await answered(ask, `MQTT port [${now.port}]: `, (text) => (text === "" ? now.port : portOf(text)));
    return { host, port };
  } finally {
    lines.close();
  }
}

async function answered<T>(
  ask: (question: string) => Promise<string>,
  question: string,
  read: (text: string) => T | undefined,
): Promise<T> {
  for (;;) {
    const answer = read((await ask(question)).trim());
    if (answer !== undefined) return answer;
  }
}

function portOf(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

/** Variables that put the answer in the place of the broker of a configuration: an old one of Niagara Copilot Edge has its own. */
export function brokerVariables(file: string | undefined, { host, port }: BrokerAddress): Record<string, string> {
  if (file !== undefined && isOldNiagara(file)) return { MQTT_HOST: host, MQTT_PORT: String(port) };
  return { WATTKEEP_MQTT: `mqtt://${host.includes(":") && !host.startsWith("[") ? `[${host}]` : host}:${port}` };
}

function isOldNiagara(file: string): boolean {
  try {
    return isNiagaraConfig(new ConfigDocument(file, readFileSync(file, "utf8").replace(/^\uFEFF/, "")).content());
  } catch {
    return false;
  }
}
