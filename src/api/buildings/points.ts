import { figure, orNull } from "#api/plants/wire.ts";
import type { PointGuess } from "#buildings/model.ts";
import { ROLES } from "#buildings/role.ts";
import { ROLE_LABELS } from "#buildings/role-labels.ts";
import type { BuildingPointsAnswer, PointGuessAnswer } from "#contract/building-points.ts";
import { decidedOf } from "#reports/building-facts.ts";
import type { Registry } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import type { BuildingDesk } from "./desk.ts";
import { type EquipmentNames, evidence, nameOf, namesOf } from "./wire.ts";

/** What every history is taken for, with its evidence and what people decided. */
export async function pointsAnswer(
  desk: BuildingDesk,
  store: Pick<Store, "latest" | "registry">,
  nowMs: number,
): Promise<BuildingPointsAnswer> {
  const [{ points, equipment }, registry] = await Promise.all([desk.reports.model(), store.registry()]);
  const latest = await lastOf(points, store);
  const decided = decisionsOf(desk, registry);
  const names = namesOf(equipment);
  return {
    nowMs,
    site: desk.site,
    roles: ROLES.map((id) => ({ id, label: ROLE_LABELS[id] })),
    equipment: equipment.map(({ id, name, type }) => ({ id, name, type })),
    points: points.map((guess) => pointInfo(guess, { names, decision: decided.get(guess.point.point), lastMs: latest(guess) })),
  };
}

interface About {
  readonly names: EquipmentNames;
  readonly decision: PointGuessAnswer["decision"] | undefined;
  readonly lastMs: number;
}

function pointInfo(guess: PointGuess, { names, decision, lastMs }: About): PointGuessAnswer {
  const { point } = guess;
  return {
    point: point.point,
    name: point.name,
    station: point.station,
    path: point.path,
    tags: [...point.tags],
    series: point.series.map(({ key, unit, quantity, source }) => ({ key, unit, quantity, source })),
    equipment: orNull(guess.equipment),
    equipmentName: nameOf(names, guess.equipment),
    equipmentEvidence: evidence(guess.equipmentEvidence),
    role: orNull(guess.role),
    roleEvidence: evidence(guess.roleEvidence),
    others: guess.others.flatMap((other) => {
      const why = evidence(other.evidence);
      return why === null ? [] : [{ role: other.role, evidence: why }];
    }),
    shadowedBy: orNull(guess.shadowedBy),
    collidesWith: [...guess.collidesWith],
    decision: orNull(decision),
    lastMs: figure(lastMs),
  };
}

/** When each point spoke last; NaN for one that never did. */
async function lastOf(points: readonly PointGuess[], store: Pick<Store, "latest">): Promise<(guess: PointGuess) => number> {
  const ids = points.flatMap(({ point }) => point.series.map(({ id }) => id));
  const latest = ids.length === 0 ? undefined : await store.latest(ids);
  const lastMs = new Map(latest && Array.from(latest.seriesId, (id, row) => [id, latest.tMs[row] as number] as const));
  return ({ point }) => {
    const known = point.series.map(({ id }) => lastMs.get(id)).filter((tMs) => tMs !== undefined);
    return known.length === 0 ? Number.NaN : Math.max(...known);
  };
}

type Decided = NonNullable<PointGuessAnswer["decision"]>;

/** What was decided of each point: the file, then pages for what the file leaves open; of a page it is told who said so. */
function decisionsOf({ reports }: BuildingDesk, registry: Registry): Map<string, Decided> {
  const decided = new Map<string, Decided>();
  const who = new Map(registry.facts.map((fact) => [fact.id, fact.who]));
  for (const { point, role, equipment, from, factId } of decidedOf(reports.settings, registry).decisions) {
    if (role === undefined && equipment === undefined) continue;
    const had = decided.get(point);
    decided.set(point, {
      role: role ?? had?.role ?? null,
      equipment: equipment ?? had?.equipment ?? null,
      from,
      who: from === "page" ? orNull(who.get(factId)) : null,
      factId: from === "page" ? orNull(factId) : null,
    });
  }
  return decided;
}
