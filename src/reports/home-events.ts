import type { Range } from "#store/store.ts";
import { decisionsOf, eventId } from "./counter-decisions.ts";
import type { HomeEvent } from "./home-answers.ts";
import type { HomeBooks, HomeStanding } from "./home-books.ts";
import { BOUGHT, SOLD } from "./home-series.ts";
import type { HomeSettings } from "./home-settings.ts";

/** What the registers of a home did that is no consumption, or not certainly, with what people decided; newest first. */
export async function homeEvents(
  { books, at, settings }: { readonly books: HomeBooks; readonly at: HomeStanding; readonly settings: HomeSettings },
  asked: Range,
): Promise<HomeEvent[]> {
  if (at.first === undefined) return [];
  const range = { fromMs: Math.max(asked.fromMs, at.first), toMs: Math.min(asked.toMs, at.endMs) };
  if (range.toMs <= range.fromMs) return [];
  const [bought, sold] = await Promise.all([books.bought.events(range), at.sold === undefined ? [] : books.sold.events(range)]);
  const decisions = decisionsOf(at.registry, { site: settings.site, point: settings.roles.grid });
  const found = [
    ...bought.map((event) => ({ ...event, quantity: BOUGHT, unit: "kWh" })),
    ...sold.map((event) => ({ ...event, quantity: SOLD, unit: "kWh" })),
  ];
  return found
    .map((event) => {
      const id = eventId(event);
      const decision = decisions.get(id);
      if (decision === undefined) return { ...event, id };
      const { what, who, madeMs, factId } = decision;
      return { ...event, id, decision: { what, who, madeMs, factId } };
    })
    .sort((a, b) => b.tMs - a.tMs);
}
