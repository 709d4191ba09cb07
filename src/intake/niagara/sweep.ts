import type { PullHouse } from "#intake/pull/pulled.ts";

/** Everything is looked at again this often, for what was added or changed further back. */
const SWEEP_MS = 24 * 3_600_000;

/** Whether this run looks at everything. */
export async function isSweepDue(source: string, { store, nowMs }: PullHouse): Promise<boolean> {
  const age = nowMs() - Number((await store.setting(settingOf(source))) ?? Number.NEGATIVE_INFINITY);
  return !(age >= 0 && age < SWEEP_MS);
}

export async function swept(source: string, { store, nowMs }: PullHouse): Promise<void> {
  await store.saveSetting(settingOf(source), String(nowMs()));
}

function settingOf(source: string): string {
  return `pull.${source}.swept`;
}
