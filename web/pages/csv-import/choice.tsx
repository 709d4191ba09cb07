import type { CsvImportAnswer } from "#contract/csv-import.ts";

export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  /** Undefined where it could not be found out. */
  readonly value: Value | undefined;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
}

/** One thing about how a file is read, with what it could be. */
export function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <label className="csv-field">
      <span>{label}</span>
      <select className="ctl" value={value ?? "?"} onChange={(event) => onChange(event.currentTarget.value as Value)}>
        {value === undefined && <option value="?">choose</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Options out of their words, in the order these are written in. */
export function optionsOf<Value extends string>(words: Readonly<Record<Value, string>>): Option<Value>[] {
  return (Object.entries(words) as [Value, string][]).map(([value, label]) => ({ value, label }));
}

/** The columns of a file by name. */
export function columnOptions(columns: CsvImportAnswer["columns"]): Option<string>[] {
  return columns.map(({ column, name }) => ({ value: String(column), label: name === "" ? `column ${column + 1}` : name }));
}
