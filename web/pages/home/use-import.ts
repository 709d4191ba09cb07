import { notifications } from "@mantine/notifications";
import { useRef, useState } from "react";
import type { HomeImport } from "#contract/home.ts";
import { ApiError } from "#web/client/fetch.ts";
import { homePath } from "#web/client/home-queries.ts";
import { sendFile } from "#web/client/send-file.ts";
import { countWords, failureWords, fileProblem, HEAD_BYTES } from "./import-words.ts";

/** Where taking a file in stands. A file is always counted before it is taken. */
export type ImportStep =
  | { readonly at: "choose"; readonly problem?: string; readonly note?: string }
  | { readonly at: "sending"; readonly file: File; readonly dryRun: boolean; readonly sentBytes: number }
  | { readonly at: "found"; readonly file: File; readonly found: HomeImport }
  | { readonly at: "failed"; readonly file: File; readonly dryRun: boolean; readonly words: readonly string[]; readonly passing: boolean };

interface ImportParts {
  readonly home: string;
  /** Asks everything of the page anew. */
  readonly refresh: () => void;
}

export type Importing = ReturnType<typeof useImport>;

/** Sends files of readings to a home, one step after the other. */
export function useImport({ home, refresh }: ImportParts) {
  const [step, setStep] = useState<ImportStep>({ at: "choose" });
  const running = useRef<AbortController>(undefined);
  const watched = useRef(true);

  const send = async (file: File, dryRun: boolean): Promise<void> => {
    const own = new AbortController();
    running.current = own;
    const show = (next: ImportStep): void => {
      if (running.current === own) setStep(next);
    };
    show({ at: "sending", file, dryRun, sentBytes: 0 });
    try {
      const found = await sendFile<HomeImport>(homePath(home, "import"), file, {
        type: "text/csv",
        params: { dryRun },
        signal: own.signal,
        onSent: (sentBytes) => show({ at: "sending", file, dryRun, sentBytes }),
      });
      show({ at: "found", file, found });
      if (dryRun) return;
      refresh();
      if (!watched.current) notifications.show({ title: "The file is taken in", message: countWords(found).join(" ") });
    } catch (error) {
      if (own.signal.aborted) {
        show({ at: "choose", note: "Cancelled. Nothing was kept." });
        return;
      }
      const known = error instanceof ApiError ? error : undefined;
      const words = failureWords(known, dryRun);
      const passing = known?.code !== "file-unreadable" && !(known !== undefined && known.status >= 400 && known.status < 500);
      show({ at: "failed", file, dryRun, words, passing });
      if (dryRun) return;
      refresh();
      if (!watched.current) notifications.show({ title: "The file was not taken in", message: words.join(" "), color: "red" });
    }
  };

  return {
    step,
    choose: async (files: readonly File[]): Promise<void> => {
      const [file, second] = files;
      if (file === undefined) return;
      const problem = second === undefined ? await problemOf(file) : "One file at a time, please.";
      if (problem === undefined) await send(file, true);
      else setStep({ at: "choose", problem });
    },
    send,
    again: () => setStep({ at: "choose" }),
    cancel: () => running.current?.abort(),
    /** The dialog closed: what is still on its way is called off, what the server has already goes on there. */
    leave: () => {
      watched.current = false;
      if (step.at === "sending" && step.sentBytes < step.file.size) running.current?.abort();
    },
  };
}

async function problemOf(file: File): Promise<string | undefined> {
  try {
    return fileProblem(file.size, new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()));
  } catch {
    return "That cannot be read. Is it a folder, or was it moved?";
  }
}
