import { Link } from "@tanstack/react-router";
import { CopyButton } from "#web/parts/copy-button.tsx";

const INFLUX = `sources:
  old-readings:
    influx:
      url: http://influxdb:8086
      org: home
      token: \${INFLUX_TOKEN}
      bucket: readings`;

const TIBBER = `sources:
  power:
    tibber:
      token: \${TIBBER_API_TOKEN}`;

/** In place of the list while the house has no meter: the four ways in, each with its next step. */
export function NoMeters({ onAdd }: { onAdd: (() => void) | undefined }) {
  return (
    <div className="util-none">
      <h1 className="empty-sentence">No meter yet. Readings come in four ways; a meter appears with the first one.</h1>
      <div className="util-ways">
        <section>
          <h2>Walk round with a phone</h2>
          <p>Say which meters there are, then read them off one by one. It works without a connection, and takes photos.</p>
          <p className="util-ways-foot">
            {onAdd !== undefined && (
              <button type="button" className="ctl" onClick={onAdd}>
                New meter
              </button>
            )}
            <Link className="ctl" to="/round">
              Read meters
            </Link>
          </p>
        </section>
        <section>
          <h2>Drop a file</h2>
          <p>A CSV of old readings, or what the grid operator sent. You choose the columns and see what it would change first.</p>
          <p className="util-ways-foot">
            <Link className="ctl" to="/import">
              Import a file
            </Link>
          </p>
        </section>
        <section>
          <h2>From an InfluxDB</h2>
          <p>Every entity of the bucket becomes a meter. In the configuration, then once by hand:</p>
          <pre>{INFLUX}</pre>
          <code>wattkeep run influx-old-readings</code>
          <p className="util-ways-foot">
            <CopyButton text={INFLUX} label="Copy" />
          </p>
        </section>
        <section>
          <h2>From Tibber</h2>
          <p>Consumption and prices of every home of the account, hour by hour. In the configuration:</p>
          <pre>{TIBBER}</pre>
          <code>wattkeep run tibber-power</code>
          <p className="util-ways-foot">
            <CopyButton text={TIBBER} label="Copy" />
          </p>
        </section>
      </div>
      <p className="faint">
        To look around with a house full of meters: <code>npm start -- demo</code>
      </p>
    </div>
  );
}
