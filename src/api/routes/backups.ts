import { allows } from "#api/access.ts";
import { type Api, answers, QUESTION_MS, type RouteDeps } from "#api/route-kit.ts";
import { type BackupsAnswer, backupsSchema } from "#contract/backups.ts";

/** Copies of the store: which there are, whether they are whole, and where else they are. POST /jobs/backup/run makes one now. */
export function backupRoutes(app: Api, { backups, jobs, nowMs }: RouteDeps): void {
  app.get("/backups", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Backups",
      description:
        "The copies of the store that are kept and why, the last run, and the second place where one is set. POST /jobs/backup/run makes one now. Paths and addresses are told to operators; others get their last part.",
      tags: ["backups"],
      response: answers(backupsSchema, BACKUPS),
    },
    handler: async (request): Promise<BackupsAnswer> => {
      const { view, enabled, job: name, restoreCommand } = backups ?? NONE;
      const [seen, standings] = await Promise.all([view(), jobs?.list() ?? []]);
      const job = standings.find((one) => one.job.name === name);
      const whole = seen.backups.some(({ verified }) => verified);
      const told = {
        ...seen,
        nowMs: nowMs(),
        enabled,
        nextMs: job?.nextMs ?? null,
        running: job?.running ?? false,
        backups: seen.backups.map((one) => ({ ...one, keptAs: [...one.keptAs] })),
        restoreCommand: whole ? restoreCommand : null,
      };
      return allows("operator", request.identity?.role) ? told : withoutPlaces(told);
    },
  });
}

/** Where things lie is nothing for a wall display. */
function withoutPlaces(told: BackupsAnswer): BackupsAnswer {
  return {
    ...told,
    folder: lastPart(told.folder),
    destination: told.destination === null ? null : { ...told.destination, target: lastPart(told.destination.target) },
    restoreCommand: told.restoreCommand === null ? null : "wattkeep restore latest",
  };
}

function lastPart(place: string): string {
  return `…/${place.split(/[/\\:]/).findLast((part) => part !== "") ?? ""}`;
}

const NONE: NonNullable<RouteDeps["backups"]> = {
  enabled: false,
  job: "",
  restoreCommand: "",
  view: async () => ({
    ...{ folder: "", keep: { hours: 0, days: 0, months: 0 }, backups: [], totalBytes: 0, freeBytes: null },
    ...{ destination: null, last: null },
  }),
};

const MADE_MS = 1_773_165_600_000;
const BACKUPS: BackupsAnswer = {
  nowMs: MADE_MS + 600_000,
  folder: "/var/lib/wattkeep/backups",
  enabled: true,
  nextMs: MADE_MS + 3_600_000,
  running: false,
  keep: { hours: 24, days: 14, months: 12 },
  backups: [
    {
      file: "wattkeep-2026-03-10T180000Z.backup",
      madeMs: MADE_MS,
      bytes: 41_287_680,
      verified: true,
      samples: 12_614_400,
      keptAs: ["hourly", "daily", "monthly"],
    },
  ],
  totalBytes: 41_287_680,
  freeBytes: 21_474_836_480,
  destination: {
    kind: "rsync",
    target: "backup@nas.example:wattkeep/",
    result: "done",
    atMs: MADE_MS + 4_000,
    sentence: "41.3 MB sent.",
  },
  last: { atMs: MADE_MS + 3_000, result: "done", sentence: "41.3 MB, 12,614,400 samples, read back whole; 1 copy is kept." },
  restoreCommand: "wattkeep restore latest --config /etc/wattkeep/wattkeep.yaml",
};
