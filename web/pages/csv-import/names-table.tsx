import type { CsvImportAnswer, CsvMapping } from "#contract/csv-import.ts";
import type { MeterInfo } from "#contract/meters.ts";
import { MeterChoice } from "./meter-choice.tsx";

interface NamesProps {
  readonly answer: CsvImportAnswer;
  readonly meters: readonly MeterInfo[];
  readonly onChange: (mapping: CsvMapping) => void;
}

/** The meters a file names, and which of ours they are. */
export function NamesTable({ answer: { names, mapping, site }, meters, onChange }: NamesProps) {
  const known = mapping.meters ?? {};
  return (
    <table className="csv-columns csv-names">
      <thead>
        <tr>
          <th>The file says</th>
          <th>Meter</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <td>{name}</td>
            <td>
              <MeterChoice
                label={`Meter that the file calls ${name}`}
                site={site}
                value={known[name]}
                meters={meters}
                none="a new meter of that name"
                offered={name}
                onChange={(meter) => onChange({ meters: withName(known, name, meter) })}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function withName(known: Readonly<Record<string, string>>, name: string, meter: string): Record<string, string> {
  const { [name]: _before, ...others } = known;
  return meter === "" ? others : { ...others, [name]: meter };
}
