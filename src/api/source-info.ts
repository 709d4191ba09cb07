import type { LedgerAnswer, LedgerInfo, RejectInfo, SourceInfo } from "#contract/sources.ts";
import type { LedgerRow, StoredReject } from "#store/records.ts";
import type { Store } from "#store/store.ts";
import type { Actions } from "./actions.ts";
import { type Catalog, pointKey } from "./catalog.ts";
import { printable } from "./failing.ts";

interface SourceInfoDeps {
  readonly store: Pick<Store, "extent">;
  readonly actions: Pick<Actions, "sources" | "sourceRates">;
}

/** The configured sources with their rates and the devices heard through them. */
export async function sourceInfos(deps: SourceInfoDeps, catalog: Catalog): Promise<SourceInfo[]> {
  const rates = deps.actions.sourceRates();
  const devices = await devicesBySource(deps, catalog);
  return deps.actions.sources().map((source) => {
    const rate = rates.get(source.name);
    return {
      ...source,
      perMinute: rate?.perMinute ?? 0,
      ...(rate?.lastMs === undefined ? {} : { lastMs: rate.lastMs }),
      qos0Share: rate?.qos0Share ?? 0,
      devices: devices.get(source.name) ?? [],
    };
  });
}

/** Both balances of every source, and whether all are zero. */
export function ledgerAnswer(rows: readonly LedgerRow[]): LedgerAnswer {
  const sources = rows.map(ledgerInfo);
  return { sources, balanced: sources.every((row) => row.messagesBalance === 0 && row.itemsBalance === 0) };
}

export function rejectInfo(reject: StoredReject): RejectInfo {
  const { body, ...rest } = reject;
  const bytes = Buffer.from(body);
  return { ...rest, body: bytes.toString("base64"), text: readable(bytes) };
}

function ledgerInfo(row: LedgerRow): LedgerInfo {
  const without = Object.values(row.without).reduce((sum, count) => sum + count, 0);
  const settled = row.stored + row.replaced + row.duplicate + row.refused + row.rejected + row.spooled;
  return { ...row, messagesBalance: row.messages - row.withItems - without, itemsBalance: row.items - settled };
}

/** Bytes as text: line breaks and tabs stay, what cannot be seen is escaped. */
function readable(bytes: Buffer): string {
  return bytes
    .toString("utf8")
    .split(/([\n\t])/)
    .map((part) => (part === "\n" || part === "\t" ? part : printable(part)))
    .join("");
}

async function devicesBySource(deps: SourceInfoDeps, catalog: Catalog): Promise<Map<string, SourceInfo["devices"]>> {
  const pointsOf = new Map<string, string[]>();
  for (const row of servingNow(catalog)) {
    const name = `${row.source} ${row.device}`;
    pointsOf.set(name, [...(pointsOf.get(name) ?? []), pointKey(row)]);
  }
  const lastMs = await lastByPoint(deps, catalog);
  const devices = new Map<string, SourceInfo["devices"]>();
  for (const device of catalog.registry.devices) {
    const points = pointsOf.get(`${device.source} ${device.id}`) ?? [];
    const last = Math.max(...points.map((point) => lastMs.get(`${point}@${device.source}`) ?? Number.NEGATIVE_INFINITY));
    const known = {
      id: device.id,
      ...(device.serial === undefined ? {} : { serial: device.serial }),
      points,
      firstSeenMs: device.firstSeenMs,
      ...(Number.isFinite(last) ? { lastMs: last } : {}),
    };
    devices.set(device.source, [...(devices.get(device.source) ?? []), known]);
  }
  return devices;
}

/** The newest assignment of each point and source: the device that serves it now. */
function servingNow(catalog: Catalog) {
  const newest = new Map<string, (typeof catalog.registry.assignments)[number]>();
  for (const row of catalog.registry.assignments) {
    const key = `${pointKey(row)}@${row.source}`;
    const had = newest.get(key);
    if (!had || row.fromMs >= had.fromMs) newest.set(key, row);
  }
  return newest.values();
}

async function lastByPoint(deps: SourceInfoDeps, catalog: Catalog): Promise<Map<string, number>> {
  const extents = await deps.store.extent(catalog.series.map((series) => series.id));
  const last = new Map<string, number>();
  for (const extent of extents) {
    const series = catalog.byId.get(extent.seriesId);
    if (!series || extent.count === 0) continue;
    const key = `${pointKey(series)}@${series.source}`;
    last.set(key, Math.max(last.get(key) ?? extent.lastMs, extent.lastMs));
  }
  return last;
}
