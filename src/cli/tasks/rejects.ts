import type { Task } from "#cli/task.ts";
import type { RedriveAnswer } from "#contract/sources.ts";

export interface RejectsArgs {
  readonly source?: string;
  readonly code?: string;
  readonly limit: number;
  /** Decode them again instead of listing them. */
  readonly redrive: boolean;
}

export interface RejectLine {
  readonly id: number;
  readonly source: string;
  readonly topic: string;
  readonly code: string;
  readonly sentence: string;
  readonly count: number;
  readonly lastMs: number;
}

/** Lists open rejects, newest first, or decodes them again after a fix. */
export const rejectsTask: Task<RejectsArgs, { rejects?: RejectLine[]; redriven?: RedriveAnswer }> = {
  name: "rejects",
  async run({ house, args }) {
    const choice = {
      ...(args.source === undefined ? {} : { source: args.source }),
      ...(args.code === undefined ? {} : { code: args.code }),
    };
    if (args.redrive) return { redriven: await house.redrive(choice) };
    const found = await house.store.rejects({ ...choice, open: true, limit: args.limit });
    return {
      rejects: found.map(({ id, source, topic, code, sentence, count, lastMs }) => ({ id, source, topic, code, sentence, count, lastMs })),
    };
  },
};
