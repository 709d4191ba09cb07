import type { MeterEvent } from "#analytics/meter-index.ts";
import { DAY_MS } from "#calendar/civil.ts";
import type { Assignment, Registry } from "#sites/registry.ts";
import { factsAbout, meterDecisions } from "./meter-decisions.ts";
import type { PhysicalNode } from "./meter-physical.ts";
import type { MeterScene } from "./meter-scene.ts";

/** A replacement that is told this near to the change of a serial is that change. */
const NEAR_MS = 3 * DAY_MS;

/** Changes of the device behind a point that nobody said to be a replacement: each is asked about. */
export function proposals(registry: Registry, { settings, skeleton }: PhysicalNode, scene: Pick<MeterScene, "moment">): MeterEvent[] {
  const { what, site } = settings;
  if (what.kind !== "physical") return [];
  const assigned = registry.assignments.filter((one) => one.site === site && one.point === what.point).sort((a, b) => a.fromMs - b.fromMs);
  const decisions = meterDecisions(factsAbout(scene.moment.facts, settings));
  return assigned.flatMap((now, i) => {
    const before = assigned.findLast((one, k) => k < i && one.source === now.source);
    if (before === undefined || serialOf(registry, before) === serialOf(registry, now)) return [];
    const { fromMs } = now;
    const isTold =
      what.replacements.some(({ tMs }) => Math.abs(tMs - fromMs) <= NEAR_MS) || skeleton.events.some((event) => isSwap(event, fromMs));
    const id = `serial-${fromMs}`;
    const decision = decisions.get(id)?.what;
    if (isTold) return [];
    return [
      {
        id,
        kind: "replacement",
        tMs: fromMs,
        before: Number.NaN,
        value: Number.NaN,
        counts: true,
        open: decision === undefined,
        ...(decision === undefined ? {} : { decision }),
        sentence: `${now.source} reads ${serialOf(registry, now)} from here on, before it was ${serialOf(registry, before)}. If the meter was replaced, say so with its last and first reading.`,
      },
    ];
  });
}

function isSwap({ kind, tMs }: MeterEvent, atMs: number): boolean {
  return (kind === "replacement" || kind === "fall") && Math.abs(tMs - atMs) <= NEAR_MS;
}

function serialOf({ devices }: Registry, { source, device }: Assignment): string {
  return devices.find((one) => one.source === source && one.id === device)?.serial ?? device;
}
