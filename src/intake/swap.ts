import type { Reading, RejectItem } from "#readings/reading.ts";
import type { Place } from "./place.ts";
import { unusableName } from "./place.ts";
import type { RegistryChange } from "./registry-change.ts";
import { assignmentKey, deviceKey, type SeriesEntry } from "./registry-view.ts";
import type { Telling } from "./telling.ts";

/** A device that served a point before and comes back is a new swap only after this long; two that take turns are not. */
const RETURN_MS = 24 * 3_600_000;

export interface Sighting {
  readonly reading: Reading;
  readonly place: Place;
  readonly tMs: number;
  readonly known: SeriesEntry | undefined;
}

/** Whether the last reading of a series came from the same hardware, so that there is nothing to note. */
export function isNoted({ view }: RegistryChange, { noted }: SeriesEntry, { device, serial }: Reading): boolean {
  return noted !== undefined && noted.epoch === view.epoch && noted.device === device && noted.serial === serial;
}

/**
 * Notes which hardware serves a point. Another device, or another serial number under the same name, is a dated swap;
 * the point and its series stay.
 * Errors: `name-unusable`, `too-many-new-series` when the source has used up what it may add in an hour.
 */
export function noteDevice(change: RegistryChange, telling: Telling, sighting: Sighting): RejectItem | undefined {
  const { reading, place, tMs } = sighting;
  const source = telling.source.name;
  const id = hardwareId(change, source, reading);
  const known = change.view.devices.get(deviceKey({ source, id }));
  if (!known) {
    const unusable = unusableName("device", id) ?? (reading.serial ? unusableName("serial number", reading.serial) : undefined);
    if (unusable) return unusable;
  }
  if (
    (!known || !sighting.known) &&
    !change.mayAdd(source, Math.floor(telling.message.receivedMs / 3_600_000), telling.limits.newPerHour)
  ) {
    const sentence = `Source ${source} has brought ${telling.limits.newPerHour} new series within an hour; this one waits for a re-drive.`;
    return { code: "too-many-new-series", sentence };
  }
  if (!known || (reading.serial && known.serial === undefined)) {
    const firstSeenMs = known?.firstSeenMs ?? tMs;
    change.addDevice({ source, id, ...(reading.serial ? { serial: reading.serial } : {}), firstSeenMs });
  }
  if (servesFromNow(change, { source, device: id, ...place }, sighting))
    change.addAssignment({ source, device: id, ...place, fromMs: tMs });
  return undefined;
}

/** The sender's name for the hardware; a second serial number under one name is other hardware. */
function hardwareId(change: RegistryChange, source: string, reading: Reading): string {
  const { device, serial } = reading;
  const known = change.view.devices.get(deviceKey({ source, id: device }));
  return !serial || known?.serial === undefined || known.serial === serial ? device : `${device}#${serial}`;
}

function servesFromNow(change: RegistryChange, row: { source: string; device: string } & Place, { reading, tMs }: Sighting): boolean {
  const present = change.view.assigned.get(`${row.source}\n${row.site}/${row.point}`);
  if (present?.device === row.device) return false;
  if (!present) return true;
  // A message without a serial number says nothing about which of the devices of that name it was.
  if (!reading.serial && present.device.startsWith(`${reading.device}#`)) return false;
  return !change.view.assignments.has(assignmentKey(row)) || tMs - present.fromMs >= RETURN_MS;
}
