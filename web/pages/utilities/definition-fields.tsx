import { TextInput } from "@mantine/core";
import { useId } from "react";
import { Seg } from "#web/parts/seg.tsx";
import { MEDIA, MEDIUM_ORDER, type MeterMedium } from "./media.ts";
import { type FormPeriod, type MeterForm, UNITS } from "./meter-draft.ts";

interface FieldsProps {
  readonly form: MeterForm;
  /** A meter with readings of its own stays one. */
  readonly fixedKind: boolean;
  readonly groups: readonly string[];
  /** Names of other meters of the site. */
  readonly names: readonly string[];
  readonly onChange: (next: Partial<MeterForm>) => void;
}

const KINDS = [
  { value: "physical", label: "A meter" },
  { value: "master", label: "A sum by periods" },
  { value: "virtual", label: "A formula" },
] as const;

/** What can be said about a meter; what a dial alone has is offered for a dial alone. */
export function DefinitionFields({ form, fixedKind, groups, names, onChange }: FieldsProps) {
  const lists = useId();
  const medium = (next: MeterMedium) =>
    onChange({ medium: next, ...(UNITS[form.medium].includes(form.unit) ? { unit: UNITS[next][0] ?? form.unit } : {}) });
  return (
    <>
      {!fixedKind && (
        <div className="util-field wide">
          <span className="util-label">What it is</span>
          <Seg label="What it is" value={form.kind} options={KINDS} onChange={(kind) => onChange({ kind })} />
        </div>
      )}
      <Text label="Name" value={form.name} onChange={(name) => onChange({ name })} focus />
      <label className="util-field">
        <span className="util-label">Medium</span>
        <select className="ctl" value={form.medium} onChange={(event) => medium(event.currentTarget.value as MeterMedium)}>
          {MEDIUM_ORDER.map((one) => (
            <option key={one} value={one}>
              {MEDIA[one].label}
            </option>
          ))}
        </select>
      </label>
      <Text label="Unit" value={form.unit} list={`${lists}-units`} onChange={(unit) => onChange({ unit })} />
      <Text label="Group, such as a flat or floor" value={form.group} list={`${lists}-groups`} onChange={(group) => onChange({ group })} />
      <datalist id={`${lists}-units`}>
        {UNITS[form.medium].map((unit) => (
          <option key={unit} value={unit} />
        ))}
      </datalist>
      <datalist id={`${lists}-groups`}>
        {groups.map((group) => (
          <option key={group} value={group} />
        ))}
      </datalist>
      {form.kind === "master" && <Periods periods={form.periods} names={names} onChange={(periods) => onChange({ periods })} />}
      {form.kind === "virtual" && (
        <div className="util-field wide">
          <Text label="Formula" value={form.formula} onChange={(formula) => onChange({ formula })} hint="total - flat_1 - 0.5 * flat_2" />
          <Names names={names} />
        </div>
      )}
      {form.kind === "physical" && (
        <>
          <Text label="Serial number" value={form.serial} onChange={(serial) => onChange({ serial })} />
          <Text label="Read every, days" value={form.readEveryDays} number onChange={(readEveryDays) => onChange({ readEveryDays })} />
          <Text label="Calibrated until" value={form.calibratedUntil} date onChange={(calibratedUntil) => onChange({ calibratedUntil })} />
          <Text
            label="Starts at zero each year on, month-day"
            value={form.resetsOn}
            hint="12-31"
            onChange={(resetsOn) => onChange({ resetsOn })}
          />
        </>
      )}
      <details className="util-more wide">
        <summary>More</summary>
        <div className="util-form">
          <Text label="Description" value={form.description} onChange={(description) => onChange({ description })} />
          <Text label="Installed on" value={form.installedOn} date onChange={(installedOn) => onChange({ installedOn })} />
          <Text label="Removed on" value={form.removedOn} date onChange={(removedOn) => onChange({ removedOn })} />
          {form.kind === "physical" && (
            <>
              <Text
                label="Point its readings are at"
                value={form.point}
                hint="found by its name"
                onChange={(point) => onChange({ point })}
              />
              <Text label="Rolls over at" value={form.modulus} number hint="100000" onChange={(modulus) => onChange({ modulus })} />
              <Text label="At most in a day" value={form.mostPerDay} number onChange={(mostPerDay) => onChange({ mostPerDay })} />
            </>
          )}
          <div className="util-field wide">
            <Text
              label="Pattern: share of each month, January first; empty to learn it"
              value={form.pattern}
              hint="16 14 12 9 5 2 1 1 4 9 12 15"
              onChange={(pattern) => onChange({ pattern })}
            />
          </div>
        </div>
      </details>
    </>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly list?: string;
  readonly number?: boolean;
  readonly date?: boolean;
  readonly focus?: boolean;
}

function Text({ label, value, onChange, hint, list, number = false, date = false, focus = false }: TextProps) {
  return (
    <TextInput
      label={label}
      size="xs"
      value={value}
      {...(date ? { type: "date" } : {})}
      {...(number ? { inputMode: "decimal" as const } : {})}
      {...(hint === undefined ? {} : { placeholder: hint })}
      {...(list === undefined ? {} : { list })}
      {...(focus ? { "data-autofocus": true } : {})}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface PeriodsProps {
  readonly periods: readonly FormPeriod[];
  readonly names: readonly string[];
  readonly onChange: (periods: readonly FormPeriod[]) => void;
}

/** Which meters are added up, from which day to which. */
function Periods({ periods, names, onChange }: PeriodsProps) {
  const change = (at: number, next: Partial<FormPeriod>) =>
    onChange(periods.map((period, index) => (index === at ? { ...period, ...next } : period)));
  return (
    <fieldset className="util-periods wide">
      <legend>Periods: which meters it adds up, and when</legend>
      {periods.map((period, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a period has no name of its own, and rows are only added and taken off at the end
        <div key={index} className="util-period">
          <Text label="First day" value={period.fromDate} date onChange={(fromDate) => change(index, { fromDate })} />
          <Text label="Last day, empty for still" value={period.toDate} date onChange={(toDate) => change(index, { toDate })} />
          <Text label="Meters" value={period.sources} hint="strom_nt, strom_ht" onChange={(sources) => change(index, { sources })} />
        </div>
      ))}
      <Names names={names} />
      <div className="util-form-foot">
        <button type="button" className="ctl" onClick={() => onChange([...periods, { fromDate: "", toDate: "", sources: "" }])}>
          Another period
        </button>
        {periods.length > 1 && (
          <button type="button" className="ctl quiet" onClick={() => onChange(periods.slice(0, -1))}>
            Take the last off
          </button>
        )}
      </div>
    </fieldset>
  );
}

function Names({ names }: { names: readonly string[] }) {
  if (names.length === 0) return <p className="faint">There is no other meter yet.</p>;
  return (
    <p className="util-names faint">
      Meters:{" "}
      {names.slice(0, 40).map((name) => (
        <code key={name}>{name}</code>
      ))}
    </p>
  );
}
