import type { CsvImportAnswer, CsvMapping } from "#contract/csv-import.ts";
import type { MeterInfo } from "#contract/meters.ts";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import { MeterChoice } from "./meter-choice.tsx";
import { withColumn } from "./words.ts";

interface ColumnsProps {
  readonly answer: CsvImportAnswer;
  readonly meters: readonly MeterInfo[];
  readonly onChange: (mapping: CsvMapping) => void;
}

/** The columns that may hold readings: which do, of which meter, in which unit. */
export function ColumnsTable({ answer: { columns, mapping, site }, meters, onChange }: ColumnsProps) {
  const taken = new Set([mapping.time?.column, mapping.time?.clockColumn, mapping.meterColumn, mapping.unitColumn]);
  const values = mapping.values ?? [];
  const named = mapping.meterColumn !== undefined && mapping.meterColumn !== null;
  const byDay = mapping.layout === "row-per-day";
  const single = byDay || (values.length === 1 && !named);
  const others = columns.filter(({ column }) => !taken.has(column));
  return (
    <>
      {single && byDay && (
        <div className="csv-single">
          <span>All lines are of</span>
          <MeterChoice
            label="Meter of all lines"
            site={site}
            value={mapping.meter}
            meters={meters}
            offered=""
            onChange={(meter) => onChange({ meter })}
          />
          <Unit label="Unit" value={mapping.unit} onChange={(unit) => onChange({ unit })} />
        </div>
      )}
      {!byDay && (
        <TableScroll>
          <table className="stack csv-columns">
            <thead>
              <tr>
                <th>Column</th>
                <th>Its first lines</th>
                {!named && <th>Meter</th>}
                <th>Unit</th>
              </tr>
            </thead>
            <tbody>
              {others.map(({ column, name, samples }) => {
                const value = values.find((one) => one.column === column);
                const title = name === "" ? `Column ${column + 1}` : name;
                const set = (change: Parameters<typeof withColumn>[2]) => onChange({ values: withColumn(values, column, change) });
                return (
                  <tr key={column}>
                    <td>
                      <label className="csv-check">
                        <input
                          type="checkbox"
                          checked={value !== undefined}
                          onChange={(event) => set({ on: event.currentTarget.checked })}
                        />
                        <span>
                          {title}
                          <span className="read-aloud"> holds readings</span>
                        </span>
                      </label>
                    </td>
                    <td className="faint csv-cell">{samples.slice(0, 3).join(" · ")}</td>
                    {!named && (
                      <td>
                        {value !== undefined && (
                          <MeterChoice
                            label={`Meter of ${title}`}
                            site={site}
                            value={value.meter ?? mapping.meter}
                            meters={meters}
                            offered={name}
                            onChange={(meter) => set({ meter })}
                          />
                        )}
                      </td>
                    )}
                    <td>
                      {value !== undefined && (
                        <Unit label={`Unit of ${title}`} value={value.unit ?? mapping.unit} onChange={(unit) => set({ unit })} />
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </TableScroll>
      )}
    </>
  );
}

function Unit({ label, value, onChange }: { label: string; value: string | undefined; onChange: (unit: string) => void }) {
  return (
    <input
      key={value ?? ""}
      className="ctl csv-unit"
      aria-label={label}
      placeholder="unit"
      defaultValue={value ?? ""}
      maxLength={40}
      onBlur={(event) => event.currentTarget.value.trim() !== (value ?? "") && onChange(event.currentTarget.value.trim())}
      onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
    />
  );
}
