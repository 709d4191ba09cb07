import { figure, orNull, span } from "#api/plants/wire.ts";
import { offsetText } from "#calendar/local-text.ts";
import type { Zone } from "#calendar/zone.ts";
import type {
  HomeDay as DayAnswer,
  HomeEvent as EventAnswer,
  HomeBalanceAnswer,
  HomeEventsAnswer,
  HomeSelectionAnswer,
} from "#contract/home.ts";
import type { HomeBalance, HomeDay, HomeEvent, HomeSelection } from "#reports/home-answers.ts";
import type { Range } from "#store/store.ts";
import type { HomeDesk } from "./desk.ts";
import { amountOrNull, figuresAnswer, rateOrNull, share } from "./wire.ts";

/** Statistics of a stretch. */
export async function selectionAnswer({ reports, zone }: HomeDesk, range: Range): Promise<HomeSelectionAnswer> {
  const selection = await reports.selection(range);
  return {
    ...figuresAnswer(selection, zone),
    perKwh: rateOrNull(meanPrice(selection)),
    maxW: figure(selection.maxW),
    maxMs: orNull(selection.maxMs),
    minW: figure(selection.minW),
    minMs: orNull(selection.minMs),
    meanW: figure(selection.meanW),
    count: selection.count,
    derived: selection.derived,
  };
}

/** Missing: undefined without a price, and where nothing was bought. */
function meanPrice({ cost, baseFee, boughtKwh }: HomeSelection) {
  if (cost === undefined || !(boughtKwh > 0)) return undefined;
  return (baseFee === undefined ? cost : cost.minus(baseFee)).div(boughtKwh).toDecimalPlaces(6);
}

/** A local day as it is sent. */
export function dayAnswer(day: HomeDay, zone: Zone): DayAnswer {
  return {
    date: day.date,
    ...span(day, zone),
    boughtKwh: figure(day.boughtKwh),
    soldKwh: figure(day.soldKwh),
    cost: amountOrNull(day.cost),
    coverage: share(day.coverage),
    partial: day.partial,
    mean30Kwh: figure(day.mean30Kwh),
    typicalKwh: figure(day.typicalKwh),
  };
}

/** Missing: null where nothing but the grid is metered. */
export function balanceAnswer(balance: HomeBalance | undefined, zone: Zone): HomeBalanceAnswer["balance"] {
  if (balance === undefined) return null;
  const { now } = balance;
  return {
    ...span(balance, zone),
    gridInKwh: figure(balance.gridInKwh),
    gridOutKwh: figure(balance.gridOutKwh),
    solarKwh: figure(balance.solarKwh),
    batteryInKwh: figure(balance.batteryInKwh),
    batteryOutKwh: figure(balance.batteryOutKwh),
    houseKwh: figure(balance.houseKwh),
    selfConsumption: figure(balance.selfConsumption),
    autarky: figure(balance.autarky),
    coverage: balance.coverage,
    now: { gridW: figure(now.gridW), solarW: figure(now.solarW), batteryW: figure(now.batteryW), houseW: figure(now.houseW) },
  };
}

/** What registers did that is no consumption, newest first. */
export async function eventsAnswer({ id, reports, zone }: HomeDesk, range: Range): Promise<HomeEventsAnswer> {
  return { home: id, events: (await reports.events(range)).map((event) => eventAnswer(event, zone)) };
}

function eventAnswer(event: HomeEvent, zone: Zone): EventAnswer {
  const { decision } = event;
  return {
    id: event.id,
    kind: event.kind,
    quantity: event.quantity,
    source: event.source,
    tMs: event.tMs,
    local: offsetText(event.tMs, zone),
    beforeKwh: figure(event.beforeKwh),
    afterKwh: figure(event.afterKwh),
    beforeMs: event.beforeMs,
    afterMs: event.afterMs,
    countedKwh: figure(event.countedKwh),
    open: event.open,
    sentence: event.sentence,
    decision: decision === undefined ? null : { what: decision.what, who: decision.who, madeMs: decision.madeMs, factId: decision.factId },
  };
}
