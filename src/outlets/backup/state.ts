/** What became of a piece of work, as pages tell it. */
export interface Result {
  readonly atMs: number;
  readonly result: "done" | "unchanged" | "failed";
  readonly sentence: string;
  /** Why it failed: that of a BackupProblem or a StoreError. */
  readonly code?: string;
}

/** What is remembered between two runs; the store keeps it as a setting. */
export interface BackupState {
  readonly last?: Result;
  readonly destination?: Result & {
    readonly target: string;
    /** The copy that arrived last. */
    readonly sent?: string;
  };
  /** Copies the rule took out that the second place may still have. */
  readonly gone?: readonly string[];
}

interface Memory {
  setting(name: string): Promise<string | undefined>;
  saveSetting(name: string, value: string): Promise<void>;
}

const NAME = "backup.state";
const MOST_GONE = 500;

/** Missing: nothing known, also where the setting cannot be read. */
export async function readState(memory: Memory): Promise<BackupState> {
  try {
    return JSON.parse((await memory.setting(NAME)) ?? "{}") as BackupState;
  } catch {
    return {};
  }
}

/** Remembers the state; of copies that are gone only the newest. */
export async function saveState(memory: Memory, state: BackupState): Promise<void> {
  const kept = state.gone === undefined ? {} : { gone: state.gone.slice(-MOST_GONE) };
  await memory.saveSetting(NAME, JSON.stringify({ ...state, ...kept }));
}
