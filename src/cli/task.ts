import type { CsvFile, FileTrouble } from "#api/actions.ts";
import type { CsvImportAnswer } from "#contract/csv-import.ts";
import type { RedriveAnswer } from "#contract/sources.ts";
import type { Progress, Store } from "#store/store.ts";
import type { Work } from "#work.ts";

/** What a task may use, inside the server or on its own. */
export interface TaskHouse {
  readonly store: Store;
  readonly nowMs: () => number;
  /** Drop folders and jobs; opened when first asked for. */
  work(): Promise<Work>;
  /** Takes a file of readings by its columns. */
  importCsv(wish: CsvFile): Promise<CsvImportAnswer | FileTrouble>;
  redrive(choice: { ids?: number[]; source?: string; code?: string }): Promise<RedriveAnswer>;
}

export interface TaskRun<Args> {
  readonly house: TaskHouse;
  readonly args: Args;
  readonly progress: Progress;
  /** Output too long for one answer, a piece at a time. */
  readonly write: (chunk: string) => Promise<void>;
}

/**
 * Work on the store that a command asks for. It runs inside the server that holds the data folder, or on the opened
 * store where none does; so arguments and answer are plain JSON.
 */
export interface Task<Args, Answer> {
  readonly name: string;
  run(run: TaskRun<Args>): Promise<Answer>;
}

/** What the person asked wrongly or can mend: told as a sentence, without a stack. */
export class TaskProblem extends Error {
  readonly code: string;
  constructor(code: string, sentence: string) {
    super(sentence);
    this.name = "TaskProblem";
    this.code = code;
  }
}
