import type { Entity, EntityDevice } from "./entity.ts";

/** A message the broker keeps. */
export interface Retained {
  readonly topic: string;
  readonly payload: string;
}

export interface Topics {
  /** Under which Home Assistant looks for devices: `homeassistant`. */
  readonly prefix: string;
  /** Under which our results are: `wattkeep`. */
  readonly root: string;
}

export const ONLINE = "online";
export const OFFLINE = "offline";

/** Where we say whether we are there; the broker says it when we are not. */
export const statusTopic = ({ root }: Topics): string => `${root}/status`;

/** Where Home Assistant says that it has begun, and has to be told again. */
export const birthTopic = ({ prefix }: Topics): string => `${prefix}/status`;

/**
 * What makes one entity known. Each has a message of its own, which every version of Home Assistant reads.
 * Source: Home Assistant's MQTT discovery and its rules on state classes: money is a total, and a total says when it began.
 */
export function discoveryOf(
  device: EntityDevice,
  entity: Entity,
  about: Topics & { readonly version: string; readonly pageUrl?: string },
): Retained {
  const id = `wattkeep_${device.id}`;
  const payload = {
    name: entity.name,
    unique_id: `${id}_${entity.key}`,
    default_entity_id: `sensor.${id}_${entity.key}`.replaceAll("-", "_").toLowerCase(),
    device_class: entity.deviceClass,
    state_class: entity.stateClass,
    unit_of_measurement: entity.unit,
    suggested_display_precision: entity.decimals,
    state_topic: stateTopic(device, entity, about),
    value_template: "{{ value_json.value }}",
    ...(entity.lastReset === undefined ? {} : { last_reset_value_template: "{{ value_json.last_reset }}" }),
    availability_topic: statusTopic(about),
    payload_available: ONLINE,
    payload_not_available: OFFLINE,
    device: {
      identifiers: [id],
      name: device.name,
      manufacturer: "Wattkeep",
      model: device.model,
      sw_version: about.version,
      ...(about.pageUrl === undefined ? {} : { configuration_url: about.pageUrl }),
    },
    origin: { name: "Wattkeep", sw_version: about.version },
  };
  return { topic: `${about.prefix}/sensor/${id}/${entity.key}/config`, payload: JSON.stringify(payload) };
}

/** What an entity is now. A value that is not known is null, which Home Assistant shows as unknown and never as 0. */
export function stateOf(device: EntityDevice, entity: Entity, topics: Topics): Retained {
  const { value, lastReset } = entity;
  const payload = { value: value === null ? null : Number(value), ...(lastReset === undefined ? {} : { last_reset: lastReset }) };
  return { topic: stateTopic(device, entity, topics), payload: JSON.stringify(payload) };
}

function stateTopic(device: EntityDevice, entity: Entity, { root }: Topics): string {
  return `${root}/${device.id}/${entity.key}`;
}
