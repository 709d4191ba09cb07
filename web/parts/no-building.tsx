import "./no-building.css";
import { useSearch } from "@tanstack/react-router";
import { CopyButton } from "./copy-button.tsx";
import { EmptyState } from "./states.tsx";

const MQTT = `brokers:
  station: { url: mqtt://broker:1883 }
sources:
  histories:
    site: tower
    broker: station
    topics: [niagara/histories]
    dialect: niagara-history`;

const EXPORTS = `sources:
  histories:
    site: tower
    niagaraExport:
      url: https://station/histories/
      username: wattkeep
      password: \${STATION_PASSWORD}
      tls: { pinFirst: true }`;

const OBIX = `sources:
  histories:
    site: tower
    obix:
      url: https://station/obix/
      station: Tower
      username: wattkeep
      password: \${STATION_PASSWORD}
      tls: { pinFirst: true }`;

/** In place of a building's page where there is none: the ways a station is connected, each with the lines it takes. */
export function NoBuilding() {
  const { site } = useSearch({ strict: false });
  if (site !== undefined) {
    return (
      <EmptyState page sentence={`No building at ${site}: no history of a station and no zone came in there. Choose another site above.`} />
    );
  }
  return (
    <div className="no-building">
      <h1>No building yet. It appears with the first history of a station that comes in, or with a zone found by its name.</h1>
      <div className="no-building-ways">
        <Way title="The station publishes its histories" text="Frames over MQTT. In the configuration:" lines={MQTT} />
        <Way
          title="Histories are exported over HTTPS"
          text="The directory of exports is read, one file at a time, and then only what is new."
          lines={EXPORTS}
        />
        <Way title="The station speaks oBIX" text="Every history is asked for what is new since the last time." lines={OBIX} />
      </div>
      <p className="faint">
        To look around in a building with stories: <code>npm start -- demo</code>
      </p>
    </div>
  );
}

function Way({ title, text, lines }: { title: string; text: string; lines: string }) {
  return (
    <section>
      <h2>{title}</h2>
      <p>{text}</p>
      <pre>{lines}</pre>
      <CopyButton text={lines} label="Copy" />
    </section>
  );
}
