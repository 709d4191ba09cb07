import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import { demand, whoOf } from "#api/access.ts";
import { ApiError } from "#api/errors.ts";
import type { RouteDeps } from "#api/route-kit.ts";
import type { HomeFact, homeDecisionSchema, homeNewInstalmentSchema, homeNewPriceSchema } from "#contract/home.ts";
import type { Fact } from "#sites/registry.ts";
import type { HomeDesk } from "./desk.ts";
import { dateOf } from "./range.ts";

/** What a page can say about a home, and how high a role must be to say it or take it back. */
const POLICIES = { "home-price": "billing", "home-instalment": "billing", "counter-decision": "operator" } as const;

const DAY_MS = 86_400_000;

type FactDeps = Pick<RouteDeps, "store" | "nowMs">;

/** Errors: bad-request, pinned-in-file where the configuration says what holds from that date. */
export function sayPrice(desk: HomeDesk, said: z.output<typeof homeNewPriceSchema>, wish: SayWish): Promise<HomeFact> {
  const { fromDate, ...price } = said;
  refusePinned(desk.reports.settings.prices, fromDate);
  const fromMs = dateOf(fromDate, desk.zone, "fromDate");
  return say(desk, { name: "home-price", value: JSON.stringify(price), fromMs }, wish);
}

/** Errors: as `sayPrice`. */
export function sayInstalment(desk: HomeDesk, said: z.output<typeof homeNewInstalmentSchema>, wish: SayWish): Promise<HomeFact> {
  refusePinned(desk.reports.settings.instalments, said.fromDate);
  return say(desk, { name: "home-instalment", value: said.amount, fromMs: dateOf(said.fromDate, desk.zone, "fromDate") }, wish);
}

/** Errors: unknown-event. */
export async function sayDecision(desk: HomeDesk, said: z.output<typeof homeDecisionSchema>, wish: SayWish): Promise<HomeFact> {
  const tMs = Number(/:(\d{1,16})$/.exec(said.event)?.[1] ?? Number.NaN);
  const known = Number.isNaN(tMs) ? [] : await desk.reports.events({ fromMs: tMs - DAY_MS, toMs: tMs + DAY_MS });
  if (!known.some(({ id }) => id === said.event)) throw new ApiError("unknown-event", { event: said.event.slice(0, 300) });
  return say(desk, { name: "counter-decision", value: `${said.event} ${said.what}`, fromMs: tMs }, wish);
}

/** Takes back what a page said; saying so twice changes nothing. Errors: unknown-edit, forbidden. */
export async function takeBack(desk: HomeDesk, factId: number, { deps, request }: SayWish): Promise<HomeFact> {
  const fact = (await deps.store.registry()).facts.find((one) => one.id === factId && isOf(desk, one));
  if (fact === undefined) throw new ApiError("unknown-edit", { id: factId });
  demand(POLICIES[fact.name as keyof typeof POLICIES], request.identity);
  if (fact.undoneMs !== undefined) return told(fact);
  const undone = { ...fact, undoneMs: deps.nowMs() };
  await deps.store.register({ facts: [undone] });
  return told(undone);
}

export interface SayWish {
  readonly deps: FactDeps;
  readonly request: Pick<FastifyRequest, "identity">;
}

async function say(desk: HomeDesk, said: Pick<Fact, "name" | "value" | "fromMs">, { deps, request }: SayWish): Promise<HomeFact> {
  const fact: Fact = { ...desk.place, ...said, who: whoOf(request.identity), madeMs: deps.nowMs() };
  await deps.store.register({ facts: [fact] });
  const kept = (await deps.store.registry()).facts.findLast(
    (one) => isOf(desk, one) && one.name === fact.name && one.value === fact.value && one.madeMs === fact.madeMs,
  );
  if (kept === undefined) throw new Error(`A fact of ${desk.id} was registered and is not there.`);
  return told(kept);
}

function isOf({ place }: HomeDesk, fact: Fact): boolean {
  return Object.hasOwn(POLICIES, fact.name) && fact.site === place.site && fact.point === place.point;
}

function refusePinned(rows: readonly { readonly fromDate: string }[], fromDate: string): void {
  if (rows.some((row) => row.fromDate === fromDate)) throw new ApiError("pinned-in-file", { date: fromDate, section: "homes" });
}

const told = (fact: Fact): HomeFact => ({ ...fact, id: fact.id ?? 0 });
