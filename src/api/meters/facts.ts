import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import { demand, whoOf } from "#api/access.ts";
import { ApiError } from "#api/errors.ts";
import { factPolicy } from "#api/fact-policy.ts";
import { dateOf } from "#api/homes/range.ts";
import type { RouteDeps } from "#api/route-kit.ts";
import type { dismissSchema } from "#contract/anomalies.ts";
import type {
  MeterFact,
  meterDecisionSchema,
  newGasConversionSchema,
  newMeterPriceSchema,
  newReplacementSchema,
} from "#contract/meter-edits.ts";
import type { MeterReports } from "#reports/meters.ts";
import type { Fact } from "#sites/registry.ts";
import { anomalyOf } from "./anomalies.ts";
import { answered, knownMeter, type MeterDesk, type SiteDesk, unknownMeter } from "./desk.ts";
import { DECISION_FACT } from "./detail.ts";
import { endMoment } from "./range.ts";
import { READING_NOTE } from "./reading-notes.ts";

/** What a page can say about a meter. */
const SAYINGS: ReadonlySet<string> = new Set([
  "meter",
  "meter-removed",
  "meter-replacement",
  DECISION_FACT,
  "meter-price",
  "anomaly-dismissed",
  READING_NOTE,
]);

export interface SayWish {
  readonly deps: Pick<RouteDeps, "store" | "nowMs">;
  readonly request: Pick<FastifyRequest, "identity">;
}

/** Errors: unknown-event. */
export async function sayDecision(desk: MeterDesk, said: z.output<typeof meterDecisionSchema>, wish: SayWish): Promise<MeterFact> {
  const { events } = answered(await desk.reports.meter(desk.id), desk);
  const event = events.find(({ id }) => id === said.event);
  if (event === undefined) throw new ApiError("unknown-event", { event: said.event.slice(0, 200) });
  return say(desk.place, { name: DECISION_FACT, value: `${event.id} ${said.what}`, fromMs: event.tMs }, wish);
}

/** Errors: no-register, declared-in-file where the configuration tells of that very swap, bad-request. */
export async function sayReplacement(desk: MeterDesk, said: z.output<typeof newReplacementSchema>, wish: SayWish): Promise<MeterFact> {
  const { what, declared } = desk.settings;
  if (what.kind !== "physical") throw noRegister(desk);
  const { at, ...swap } = said;
  const fromMs = endMoment(at, desk.zone, "at");
  if (fromMs > desk.zone.nextStart("day", wish.deps.nowMs()))
    throw new ApiError("bad-request", {}, ["`at`: a device that was replaced was replaced today or before"]);
  if (declared !== undefined && what.replacements.some((one) => one.from === "file" && one.tMs === fromMs))
    throw new ApiError("declared-in-file", { what: `The replacement of ${desk.settings.name}`, ...declared });
  return say(desk.place, { name: "meter-replacement", value: JSON.stringify(swap), fromMs }, wish);
}

/** Errors: bad-request, declared-in-file where the configuration says what holds from that date. */
export function sayPrice(desk: MeterDesk, said: z.output<typeof newMeterPriceSchema>, wish: SayWish): Promise<MeterFact> {
  const { fromDate, ...price } = said;
  const { prices, declared, name } = desk.settings;
  const fromMs = dateOf(fromDate, desk.zone, "fromDate");
  if (prices.some((one) => one.from === "file" && one.fromDate === fromDate)) {
    if (declared === undefined) throw new ApiError("pinned-in-file", { date: fromDate, section: "meters" });
    throw new ApiError("declared-in-file", { what: `The price of ${name} from ${fromDate}`, ...declared });
  }
  return say(desk.place, { name: "meter-price", value: JSON.stringify(price), fromMs }, wish);
}

/** Errors: unknown-anomaly. */
export async function sayDismissal(desk: MeterDesk, said: z.output<typeof dismissSchema>, wish: SayWish): Promise<MeterFact> {
  const anomaly = await anomalyOf(desk, said.id, wish.deps.nowMs());
  const value = JSON.stringify({ id: anomaly.id, why: said.why });
  return say(desk.place, { name: "anomaly-dismissed", value, fromMs: anomaly.fromMs }, wish);
}

/** Errors: bad-request, pinned-in-file where the configuration says what holds from that date. */
export async function sayGas(desk: SiteDesk, said: z.output<typeof newGasConversionSchema>, wish: SayWish): Promise<MeterFact> {
  const { site: _site, fromDate, ...gas } = said;
  const fromMs = fromDate === null ? 0 : dateOf(fromDate, desk.zone, "fromDate");
  if (await isPinned(desk, fromDate, wish)) throw new ApiError("pinned-in-file", { date: fromDate ?? "the beginning", section: "gas" });
  const value = JSON.stringify(fromDate === null ? gas : { fromDate, ...gas });
  return say({ site: desk.site.site, point: "" }, { name: "gas-conversion", value, fromMs }, wish);
}

/** What a file says of gas has no fact of a page behind it. */
async function isPinned({ site }: SiteDesk, fromDate: string | null, { deps }: SayWish): Promise<boolean> {
  if (!site.gas.some((one) => (one.fromDate ?? null) === fromDate)) return false;
  const { facts } = await deps.store.registry();
  const said = facts.filter((fact) => fact.name === "gas-conversion" && fact.site === site.site && fact.undoneMs === undefined);
  return !said.some(({ value }) => ((JSON.parse(String(value)) as { fromDate?: string }).fromDate ?? null) === fromDate);
}

/** A meter of a page goes from the lists; its readings stay. Errors: declared-in-file. */
export function sayRemoved(desk: MeterDesk, wish: SayWish): Promise<MeterFact> {
  refuseDeclared(desk);
  return say(desk.place, { name: "meter-removed", value: "{}", fromMs: wish.deps.nowMs() }, wish);
}

/** Takes back what a page said; saying so twice changes nothing. Errors: unknown-edit, forbidden, unknown-meter. */
export async function takeBack(
  all: readonly MeterReports[],
  of: { readonly id: string; readonly fact: number },
  { deps, request }: SayWish,
): Promise<MeterFact> {
  const { facts } = await deps.store.registry();
  // A meter that was taken off the lists is known by its facts alone.
  const fact = facts.find((one) => one.id === of.fact && SAYINGS.has(one.name) && `${one.site}.${one.point}` === of.id);
  if (fact === undefined) {
    if (knownMeter(all, of.id) === undefined) throw unknownMeter(of.id);
    throw new ApiError("unknown-edit", { id: of.fact });
  }
  demand(factPolicy(fact.name), request.identity);
  if (fact.undoneMs !== undefined) return told(fact);
  const undone = { ...fact, undoneMs: deps.nowMs() };
  await deps.store.register({ facts: [undone] });
  return told(undone);
}

/** Errors: declared-in-file. */
export function refuseDeclared({ settings }: Pick<MeterDesk, "settings">): void {
  const { declared, name } = settings;
  if (declared !== undefined) throw new ApiError("declared-in-file", { what: `Meter ${name}`, file: declared.file, line: declared.line });
}

/** What is answered where a meter has no dial. */
export function noRegister({ settings }: Pick<MeterDesk, "settings">): ApiError {
  const { what, name } = settings;
  const parts = what.kind === "master" ? [...new Set(what.periods.flatMap(({ sources }) => sources))].join(", ") : "";
  return new ApiError("no-register", {
    meter: name,
    parts: parts || (what.kind === "virtual" ? what.formula : "as GET /meters/{id} names them"),
  });
}

/** Keeps a fact and tells it; one that holds already in the very same words is told as it is. */
export async function say(
  place: { readonly site: string; readonly point: string },
  said: Pick<Fact, "name" | "value" | "fromMs">,
  { deps, request }: SayWish,
): Promise<MeterFact> {
  const fact: Fact = { ...place, ...said, who: whoOf(request.identity), madeMs: deps.nowMs() };
  await deps.store.register({ facts: [fact] });
  const kept = (await deps.store.registry()).facts.findLast(
    (one) =>
      one.site === fact.site &&
      one.point === fact.point &&
      one.name === fact.name &&
      one.fromMs === fact.fromMs &&
      one.value === fact.value &&
      one.undoneMs === undefined,
  );
  if (kept === undefined) throw new Error(`A fact of ${place.site}/${place.point} was registered and is not there.`);
  return told(kept);
}

const told = (fact: Fact): MeterFact => ({ ...fact, id: fact.id ?? 0 });
