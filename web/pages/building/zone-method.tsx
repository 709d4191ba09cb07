import type { ZoneDetailAnswer } from "#contract/building.ts";
import { countText } from "#web/parts/format-number.ts";
import { roleWords } from "#web/parts/role-words.ts";
import { TableScroll } from "#web/parts/table-scroll.tsx";

const HOW = { nearest: "nearest", carried: "carried forward", interval: "own intervals" } as const;

/** How the zone was judged, how values were brought together, and what was left out. */
export function ZoneMethod({ detail }: { detail: ZoneDetailAnswer }) {
  const left = detail.pairings.reduce((sum, { excluded }) => sum + excluded.reduce((own, { samples }) => own + samples, 0), 0);
  return (
    <details className="card zone-method">
      <summary>
        How this was judged
        <span className="faint">{left === 0 ? "nothing was left out" : `${countText(left)} samples were left out`}</span>
      </summary>
      <div className="zone-method-body">
        <ul>
          {detail.method.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        {detail.pairings.length > 0 && (
          <TableScroll>
            <table>
              <thead>
                <tr>
                  <th>Role</th>
                  <th>Paired</th>
                  <th>Because</th>
                  <th className="n">Without a partner</th>
                  <th>Left out</th>
                </tr>
              </thead>
              <tbody>
                {detail.pairings.map((pairing) => (
                  <tr key={`${pairing.role} ${pairing.series}`}>
                    <td className="nowrap">{roleWords(pairing.role)}</td>
                    <td className="nowrap">{HOW[pairing.how]}</td>
                    <td>{pairing.because}</td>
                    <td className="n">{countText(pairing.unpaired)}</td>
                    <td>
                      {pairing.excluded.length === 0 ? (
                        <span className="faint">nothing</span>
                      ) : (
                        pairing.excluded.map(({ sentence }) => sentence).join(" ")
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableScroll>
        )}
      </div>
    </details>
  );
}
