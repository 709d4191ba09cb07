import type { Logger } from "#intake/source.ts";
import type { EntityDevice } from "#outlets/home-assistant/entity.ts";
import { homeDevice } from "#outlets/home-assistant/home-device.ts";
import { plantDevice } from "#outlets/home-assistant/plant-device.ts";
import { openPublisher, type Publisher } from "#outlets/home-assistant/publisher.ts";
import type { HomeReports } from "#reports/home.ts";
import type { PlantReports } from "#reports/plant.ts";
import { type OutgoingParts, outgoingBroker } from "./outgoing-broker.ts";
import { pageAddressOf } from "./public-address.ts";
import { after } from "./timer.ts";

interface HomeAssistantParts extends OutgoingParts {
  readonly homes: () => readonly HomeReports[];
  readonly plants: readonly PlantReports[];
  readonly version: string;
  readonly random: () => number;
  readonly logger: Logger;
}

/** Tells Home Assistant what comes of the homes and plants, where the configuration asks for it. */
export function openHomeAssistant(parts: HomeAssistantParts): Publisher | undefined {
  const { config, homes, plants, version, logger } = parts;
  const { homeAssistant } = config.outlets;
  if (homeAssistant === undefined) return undefined;
  const pageUrl = pageAddressOf(config.http)("/home");
  return openPublisher({
    settings: {
      prefix: homeAssistant.prefix,
      root: homeAssistant.topic,
      broker: outgoingBroker(homeAssistant.broker, parts).at,
      // Two of one name would throw each other out for ever.
      clientId: `wattkeep-ha-${Math.floor(parts.random() * 2 ** 32).toString(16)}`,
      version,
      ...(pageUrl === undefined ? {} : { pageUrl }),
    },
    devices: () => devicesOf(homes(), plants),
    after,
    logger,
  });
}

async function devicesOf(homes: readonly HomeReports[], plants: readonly PlantReports[]): Promise<EntityDevice[]> {
  return [...(await Promise.all(homes.map(homeDevice))), ...(await Promise.all(plants.map(plantDevice)))];
}
