import type { HealthAnswer } from "#contract/health.ts";
import type { StoreStats } from "#store/records.ts";
import type { Store } from "#store/store.ts";
import type { Actions } from "./actions.ts";
import type { ApiConfig } from "./deps.ts";
import { ledgerAnswer } from "./source-info.ts";

interface HealthDeps {
  readonly store: Pick<Store, "stats" | "ledger">;
  readonly actions: Pick<Actions, "brokers" | "messagesPerSecond" | "outletProblems">;
  readonly config: Pick<ApiConfig, "version" | "demo" | "startedMs">;
  readonly nowMs: () => number;
}

/** A commit that takes longer than this makes senders wait. */
const SLOW_COMMIT_MS = 1_000;
const MEGABYTE = 1_048_576;

/** How the server is, in figures and in words. */
export async function healthOf(deps: HealthDeps): Promise<HealthAnswer> {
  const [stats, rows] = await Promise.all([deps.store.stats(), deps.store.ledger()]);
  const ledger = ledgerAnswer(rows);
  const unbalanced = ledger.sources.filter((row) => row.messagesBalance !== 0 || row.itemsBalance !== 0).map((row) => row.source);
  const problems = [
    ...brokerProblems(deps.actions),
    ...(deps.actions.outletProblems?.() ?? []),
    ...(unbalanced.length > 0 ? [`The ledger does not balance for ${unbalanced.join(", ")}: please report this with the logs.`] : []),
    ...storeProblems(stats),
  ];
  return {
    status: problems.length === 0 ? "ok" : "degraded",
    version: deps.config.version,
    startedMs: deps.config.startedMs,
    nowMs: deps.nowMs(),
    demo: deps.config.demo,
    problems,
    messagesPerSecond: deps.actions.messagesPerSecond(),
    ledgerBalanced: ledger.balanced,
    // A re-drive takes what it mends out of the ledger's rejects, so what is left there is what waits.
    rejectsOpen: rows.reduce((sum, row) => sum + row.rejected, 0),
    store: {
      fileBytes: stats.fileBytes,
      samples: stats.samples,
      series: stats.series,
      tailSamples: stats.tailSamples,
      lateRows: stats.lateRows,
      commitMsP99: Number.isNaN(stats.commitMsP99) ? null : stats.commitMsP99,
    },
    memoryMb: Math.round((process.memoryUsage().rss / MEGABYTE) * 10) / 10,
  };
}

function brokerProblems(actions: Pick<Actions, "brokers">): string[] {
  return actions
    .brokers()
    .filter((door) => door.state === "waiting" || door.state === "refused")
    .map(
      (door) =>
        `Broker ${door.name} (${door.address}): ${door.problem ?? (door.state === "refused" ? "refused us" : "not reachable, trying again")}`,
    );
}

function storeProblems(stats: StoreStats): string[] {
  if (!(stats.commitMsP99 > SLOW_COMMIT_MS)) return [];
  return [
    `The disk is slow: one commit in a hundred takes ${Math.round(stats.commitMsP99)} ms, so senders wait for their acknowledgement.`,
  ];
}
