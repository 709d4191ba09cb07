import { Button } from "@mantine/core";
import type { CsvImportAnswer } from "#contract/csv-import.ts";
import type { MeterInfo } from "#contract/meters.ts";
import { Card } from "#web/parts/card.tsx";
import { Choice, columnOptions, optionsOf } from "./choice.tsx";
import { ColumnsTable } from "./columns-table.tsx";
import { NamesTable } from "./names-table.tsx";
import type { CsvImport } from "./use-csv-import.ts";
import { DECIMAL_WORDS, DELIMITER_WORDS, ENCODING_WORDS, LABEL_WORDS, LAYOUT_WORDS, MEANING_WORDS, TIME_WORDS } from "./words.ts";

interface MappingProps {
  readonly answer: CsvImportAnswer;
  readonly meters: readonly MeterInfo[];
  readonly importing: CsvImport;
}

/** How the file is read: what was found out and by what, and a way to say it otherwise. */
export function MappingCard({ answer, meters, importing }: MappingProps) {
  const { evidence, needs } = answer;
  const named = answer.names.length > 0 && typeof answer.mapping.meterColumn === "number";
  const busy = importing.sending !== undefined;
  return (
    <Card title="How it is read" note="found out from the file; say it otherwise where it is wrong">
      {needs.length > 0 && (
        <div role="status">
          <ul className="csv-needs">
            {needs.map((need) => (
              <li key={need} className="warn">
                ! {need}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className="csv-mapping">
        <div>
          <Choices answer={answer} importing={importing} />
        </div>
        <ul className="csv-evidence">
          {evidence.map(({ what, sentence, sure }) => (
            <li key={`${what} ${sentence}`}>
              <span className={sure ? "good" : "warn"}>{sure ? "✓" : "!"}</span> {sentence}
            </li>
          ))}
        </ul>
      </div>
      <ColumnsTable answer={answer} meters={meters} onChange={importing.change} />
      {named && <NamesTable answer={answer} meters={meters} onChange={importing.change} />}
      <div className="csv-acts">
        <Button size="xs" disabled={needs.length > 0} loading={busy} onClick={importing.count}>
          Count what it would bring
        </Button>
      </div>
    </Card>
  );
}

function Choices({ answer, importing: { change } }: Omit<MappingProps, "meters">) {
  const { mapping, columns } = answer;
  const time = mapping.time ?? {};
  const cells = columnOptions(columns);
  return (
    <div className="csv-choices">
      <Choice
        label="Columns are parted by"
        value={mapping.delimiter}
        options={optionsOf(DELIMITER_WORDS)}
        onChange={(delimiter) => change({ delimiter })}
      />
      <Choice label="Decimal mark" value={mapping.decimal} options={optionsOf(DECIMAL_WORDS)} onChange={(decimal) => change({ decimal })} />
      <Choice
        label="Time stands in"
        value={time.column === undefined ? undefined : String(time.column)}
        options={cells}
        onChange={(column) => change({ time: { ...time, column: Number(column) } })}
      />
      <Choice
        label="Time of day in a column of its own"
        value={time.clockColumn === undefined || time.clockColumn === null ? "" : String(time.clockColumn)}
        options={[{ value: "", label: "no" }, ...cells]}
        onChange={(column) => change({ time: { ...time, clockColumn: column === "" ? null : Number(column) } })}
      />
      <Choice
        label="Times look like"
        value={time.format}
        options={optionsOf(TIME_WORDS)}
        onChange={(format) => change({ time: { ...time, format } })}
      />
      <Choice label="Lines" value={mapping.layout} options={optionsOf(LAYOUT_WORDS)} onChange={(layout) => change({ layout })} />
      <Choice label="Numbers are" value={mapping.meaning} options={optionsOf(MEANING_WORDS)} onChange={(meaning) => change({ meaning })} />
      {mapping.meaning === "amount" && (
        <>
          <Choice
            label="An interval is named by"
            value={mapping.label}
            options={optionsOf(LABEL_WORDS)}
            onChange={(label) => change({ label })}
          />
          <Choice
            label="An interval lasts"
            value={mapping.intervalMinutes === undefined ? undefined : String(mapping.intervalMinutes)}
            options={intervalOptions(mapping.intervalMinutes)}
            onChange={(minutes) => change({ intervalMinutes: Number(minutes) })}
          />
        </>
      )}
      <Choice
        label="Meters are named in"
        value={mapping.meterColumn === undefined || mapping.meterColumn === null ? "" : String(mapping.meterColumn)}
        options={[{ value: "", label: "no column" }, ...cells]}
        onChange={(column) => change({ meterColumn: column === "" ? null : Number(column) })}
      />
      <Choice
        label="Letters are coded in"
        value={mapping.encoding}
        options={optionsOf(ENCODING_WORDS)}
        onChange={(encoding) => change({ encoding })}
      />
    </div>
  );
}

const MINUTES = [1, 5, 10, 15, 30, 60, 1_440];

function intervalOptions(own: number | undefined) {
  const all = own === undefined || MINUTES.includes(own) ? MINUTES : [...MINUTES, own].sort((a, b) => a - b);
  return all.map((minutes) => ({
    value: String(minutes),
    label: minutes === 1_440 ? "a day" : minutes === 60 ? "an hour" : `${minutes} min`,
  }));
}
