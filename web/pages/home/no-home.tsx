import { useSearch } from "@tanstack/react-router";
import { CopyButton } from "#web/parts/copy-button.tsx";

/** In place of the page where no meter counts energy from the grid yet: what to type, and where. */
export function NoHome() {
  const { site } = useSearch({ strict: false });
  const lines = consoleLines(location.hostname);
  return (
    <div className="empty home-none">
      <h1 className="empty-sentence">
        {site === undefined
          ? "No home yet. It appears by itself with the first reading of a meter that counts energy from the grid."
          : `No home at ${site}. Choose another site above, or let a meter there report its energy from the grid.`}
      </h1>
      <p>An infrared reader with Tasmota: open its page, choose Console, and type these lines.</p>
      <pre>{lines}</pre>
      <CopyButton text={lines} label="Copy" />
      <p>
        User and password of the broker stand in the last lines the installation printed; the guide <code>docs/guides/home.md</code> has the
        meter's script and other readers. To look around without one:
      </p>
      <code>npm start -- demo</code>
    </div>
  );
}

/** What a Tasmota reader is told to send its readings here every ten seconds; who sends, the installation's last lines say. */
export function consoleLines(host: string): string {
  return [
    "Backlog Topic meter; FullTopic %topic%/%prefix%/; SetOption19 1; TelePeriod 10",
    `Backlog MqttHost ${host}; MqttPort 1883; MqttUser USER; MqttPassword PASSWORD`,
  ].join("\n");
}
