import { Link } from "@tanstack/react-router";
import type { SourceInfo } from "#contract/sources.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { fullText } from "#web/parts/format-time.ts";

/** The hardware behind a source: as it calls itself, its serial, the points it serves. */
export function Devices({ source }: { source: SourceInfo }) {
  return (
    <>
      {source.devices.length > 0 && (
        <table className="inner stack">
          <thead>
            <tr>
              <th>Device</th>
              <th>Serial</th>
              <th>Points</th>
              <th className="n">First heard</th>
              <th className="n">Last</th>
            </tr>
          </thead>
          <tbody>
            {source.devices.map((device) => (
              <tr key={device.id}>
                <td>{device.id}</td>
                <td data-label="serial">{device.serial ?? "—"}</td>
                <td data-label="points">{device.points.join(", ") || "—"}</td>
                <td className="n" data-label="first heard">
                  <time title={fullText(device.firstSeenMs)}>{new Date(device.firstSeenMs).toLocaleDateString()}</time>
                </td>
                <td className="n" data-label="last">
                  {device.lastMs === undefined ? "—" : <AgeText tMs={device.lastMs} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {source.devices.length === 0 && <p className="muted">No device has named itself yet.</p>}
      <p className="faint">
        {source.declared ? (
          <>
            Declared in <code>{source.declared.file}</code>, line {source.declared.line}.{" "}
          </>
        ) : (
          "Found by itself. "
        )}
        <Link className="link" to="/" search={{ site: source.site }}>
          Show the site
        </Link>
      </p>
    </>
  );
}
