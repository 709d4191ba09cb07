import { timingSafeEqual } from "node:crypto";
import { chmod, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Exit } from "./exit.ts";
import { type TaskHouse, TaskProblem } from "./task.ts";
import { runNamedTask } from "./tasks/catalogue.ts";

/** How a command finds the server that holds its data folder. Readable by its owner alone. */
export interface Control {
  readonly pid: number;
  readonly port: number;
  readonly key: string;
  /** Where the pages are, for people. */
  readonly address: string;
}

/** One line of a task's answer, as JSON. */
export type TaskLine =
  | { readonly progress: readonly [done: number, total: number, what: string] }
  | { readonly text: string }
  | { readonly answer: unknown }
  | { readonly problem: { readonly code: string; readonly sentence: string } };

const controlFile = (folder: string): string => join(folder, "control.json");

/** The server of this data folder, if one says it is running. Errors: Exit 1 where its file may not be read. */
export async function findControl(folder: string): Promise<Control | undefined> {
  try {
    return JSON.parse(await readFile(controlFile(folder), "utf8")) as Control;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new Exit(1, `A server may hold ${folder}, but this user may not ask it: ${(error as Error).message}. Use the server's own user.`);
  }
}

/**
 * Lets commands run inside this server: `POST /task/<name>` answers lines of JSON, `POST /stop` ends it. Loopback only,
 * and only with the key in control.json.
 */
export async function openControl(options: {
  folder: string;
  key: string;
  address: string;
  house: TaskHouse;
  stop(): void;
}): Promise<{ close(): Promise<void> }> {
  const wanted = Buffer.from(`Bearer ${options.key}`);
  const server = createServer((request, response) => {
    const given = Buffer.from(request.headers.authorization ?? "");
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
      response.writeHead(401).end();
      return;
    }
    void answer(request, response, options);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const control: Control = { pid: process.pid, port: (server.address() as AddressInfo).port, key: options.key, address: options.address };
  const temporary = `${controlFile(options.folder)}.new`;
  await writeFile(temporary, JSON.stringify(control), { mode: 0o600 });
  await chmod(temporary, 0o600);
  await rename(temporary, controlFile(options.folder));
  return {
    async close() {
      await rm(controlFile(options.folder), { force: true });
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, options: { house: TaskHouse; stop(): void }): Promise<void> {
  if (request.method === "POST" && request.url === "/stop") {
    response.writeHead(202).end();
    options.stop();
    return;
  }
  const name = /^\/task\/([a-z-]+)$/.exec(request.url ?? "")?.[1];
  if (request.method !== "POST" || name === undefined) {
    response.writeHead(404).end();
    return;
  }
  let gone = false;
  response.on("close", () => {
    gone = true;
  });
  response.writeHead(200, { "content-type": "application/x-ndjson" });
  const say = (line: TaskLine): boolean => response.write(`${JSON.stringify(line)}\n`);
  try {
    const body = await text(request);
    const drained = (): Promise<void> => new Promise((resolve) => response.once("drain", resolve).once("close", resolve));
    const done = await runNamedTask(name, {
      house: options.house,
      args: JSON.parse(body),
      progress: (...progress) => {
        say({ progress });
        return !gone;
      },
      write: async (chunk) => {
        if (!say({ text: chunk }) && !gone) await drained();
        if (gone) throw new TaskProblem("cancelled", "The command was ended before it finished.");
      },
    });
    say({ answer: done });
  } catch (error) {
    say({ problem: problemOf(error) });
  }
  response.end();
}

/** What a failed task tells the person who asked. */
export function problemOf(error: unknown): { code: string; sentence: string } {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "failed";
  return { code, sentence: error instanceof Error ? error.message : String(error) };
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > 1 << 20) throw new TaskProblem("too-large", "The request is larger than a command ever sends.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
