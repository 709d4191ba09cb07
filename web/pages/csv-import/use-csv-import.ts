import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { CsvImportAnswer, CsvMapping } from "#contract/csv-import.ts";
import { ApiError } from "#web/client/fetch.ts";
import { sendFile } from "#web/client/send-file.ts";
import { fileProblem, headOf } from "./file-head.ts";

type Mode = CsvImportAnswer["mode"];

/** What is on its way to the server. */
export interface Sending {
  readonly mode: Mode;
  readonly sentBytes: number;
  readonly sizeBytes: number;
}

/** Where bringing a file in stands. */
export interface CsvImport {
  readonly file: File | undefined;
  readonly answer: CsvImportAnswer | undefined;
  readonly sending: Sending | undefined;
  readonly error: unknown;
  /** Why a file was not even sent. */
  readonly problem: string | undefined;
  choose(files: readonly File[]): Promise<void>;
  /** Reads the file another way from now on, and looks at its first lines again. */
  change(mapping: CsvMapping): void;
  count(): void;
  take(): void;
  cancel(): void;
  again(): void;
}

/** Sends a file of readings, one step after the other: looked at, counted, taken in. */
export function useCsvImport(site: string | undefined): CsvImport {
  const queries = useQueryClient();
  const [file, setFile] = useState<File>();
  const [said, setSaid] = useState<CsvMapping>({});
  const [answer, setAnswer] = useState<CsvImportAnswer>();
  const [sending, setSending] = useState<Sending>();
  const [error, setError] = useState<unknown>();
  const [problem, setProblem] = useState<string>();
  const running = useRef<AbortController>(undefined);

  const send = async (whole: File, mode: Mode, mapping: CsvMapping): Promise<void> => {
    running.current?.abort();
    const own = new AbortController();
    running.current = own;
    const mine = () => running.current === own;
    const body = mode === "preview" ? await headOf(whole) : whole;
    setError(undefined);
    setSending({ mode, sentBytes: 0, sizeBytes: body.size });
    const sendOnce = () =>
      sendFile<CsvImportAnswer>("/readings/csv", body, {
        type: "text/csv",
        params: { site, mode, name: whole.name, mapping: JSON.stringify(mapping) },
        signal: own.signal,
        onSent: (sentBytes) => mine() && setSending({ mode, sentBytes, sizeBytes: body.size }),
      });
    try {
      const found = await inTurn(sendOnce, mode === "preview" ? TURNS : 0);
      if (!mine()) return;
      setAnswer(found);
      if (mode === "import") void queries.invalidateQueries();
    } catch (caught) {
      if (!mine() || own.signal.aborted) return;
      setError(caught);
      // What became of it is not known: every page asks again.
      if (mode === "import") void queries.invalidateQueries();
    } finally {
      if (mine()) setSending(undefined);
    }
  };

  return {
    file,
    answer,
    sending,
    error,
    problem,
    choose: async (files) => {
      const [chosen, second] = files;
      if (chosen === undefined) return;
      const wrong = second === undefined ? await problemOf(chosen) : "One file at a time, please.";
      setProblem(wrong);
      if (wrong !== undefined) return;
      setFile(chosen);
      setSaid({});
      setAnswer(undefined);
      await send(chosen, "preview", {});
    },
    change: (mapping) => {
      if (file === undefined) return;
      const next = { ...said, ...mapping };
      setSaid(next);
      void send(file, "preview", next);
    },
    count: () => file !== undefined && void send(file, "dry-run", said),
    take: () => file !== undefined && void send(file, "import", said),
    cancel: () => {
      running.current?.abort();
      setSending(undefined);
    },
    again: () => {
      running.current?.abort();
      setFile(undefined);
      setAnswer(undefined);
      setSending(undefined);
      setError(undefined);
      setSaid({});
    },
  };
}

const TURNS = 10;
const TURN_MS = 300;

/** One file at a time: a look that was called off may still be under way there, and is over soon. */
async function inTurn<Answer>(send: () => Promise<Answer>, turns: number): Promise<Answer> {
  try {
    return await send();
  } catch (error) {
    if (turns === 0 || !(error instanceof ApiError && error.code === "importing")) throw error;
    await new Promise((done) => setTimeout(done, TURN_MS));
    return inTurn(send, turns - 1);
  }
}

async function problemOf(file: File): Promise<string | undefined> {
  try {
    return fileProblem(file.size, new Uint8Array(await file.slice(0, 64).arrayBuffer()));
  } catch {
    return "That cannot be read. Is it a folder, or was it moved?";
  }
}

/** Whether the same might go well another time. */
export const mayTryAgain = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status >= 500 || error.status === 409);
