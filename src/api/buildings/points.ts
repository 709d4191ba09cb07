import { figure, orNull } from "#api/plants/wire.ts";
import type { Decision, PointGuess } from "#buildings/model.ts";
import { ROLES } from "#buildings/role.ts";
import { ROLE_LABELS } from "#buildings/role-labels.ts";
import type { BuildingPointsAnswer, PointGuessAnswer } from "#contract/building-points.ts";
import type { Fact } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import type { BuildingDesk } from "./desk.ts";
import { POINT_FACT } from "./facts.ts";
import { type EquipmentNames, evidence, nameOf, namesOf } from "./wire.ts";

/** What every history is taken for, with its evidence and what people decided. */
export async function pointsAnswer(
  desk: BuildingDesk,
  store: Pick<Store, "latest" | "registry">,
  nowMs: number,
): Promise<BuildingPointsAnswer> {
  const [{ points, equipment }, registry] = await Promise.all([desk.reports.model(), store.registry()]);
  const latest = await lastOf(points, store);
  const decided = decisionsOf(desk, registry.facts);
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

/** What was decided of each point: on a page by the newest word that was not taken back, in the file where no page said so. */
function decisionsOf({ site, reports }: BuildingDesk, facts: readonly Fact[]): Map<string, NonNullable<PointGuessAnswer["decision"]>> {
  const decided = new Map<string, NonNullable<PointGuessAnswer["decision"]>>();
  for (const fact of newestOf(facts, site)) {
    const said = sayingOf(fact.value);
    if (said.role === undefined && said.equipment === undefined) continue;
    decided.set(fact.point, { ...wordsOf(said), from: "page", who: fact.who, factId: orNull(fact.id) });
  }
  for (const decision of reports.settings.decisions)
    if (decision.from === "file") decided.set(decision.point, { ...wordsOf(decision), from: "file", who: null, factId: null });
  return decided;
}

function newestOf(facts: readonly Fact[], site: string): Iterable<Fact> {
  const newest = new Map<string, Fact>();
  for (const fact of facts) {
    if (fact.name !== POINT_FACT || fact.site !== site || fact.undoneMs !== undefined) continue;
    const had = newest.get(fact.point);
    if (had === undefined || fact.fromMs >= had.fromMs) newest.set(fact.point, fact);
  }
  return newest.values();
}

type Said = Pick<Decision, "role" | "equipment">;

const wordsOf = ({ role, equipment }: Said) => ({ role: orNull(role), equipment: orNull(equipment) });

function sayingOf(value: Fact["value"]): Said {
  try {
    return JSON.parse(String(value)) as Said;
  } catch {
    return {};
  }
}
