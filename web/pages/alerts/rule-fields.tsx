import { NativeSelect, TextInput } from "@mantine/core";
import type { Field, MeterWatch, Problems, RuleForm } from "./rule-form.ts";

export interface FieldsProps {
  readonly form: RuleForm;
  readonly problems: Problems;
  /** Unit of what is watched, for the labels. */
  readonly unit: string;
  readonly onChange: (change: Partial<RuleForm>) => void;
}

/** The fields that the kind of a rule has besides its name and whom it tells. */
export function RuleFields(props: FieldsProps) {
  const inUnit = props.unit === "" ? "" : `, ${props.unit}`;
  switch (props.form.kind) {
    case "stale":
      return <Text {...props} field="after" label="Silent for" placeholder="six times its usual spacing, 10 min at least" />;
    case "thinning":
      return (
        <div className="alert-row">
          <Text {...props} field="fewerThan" label="Fewer readings than" decimal />
          <Text {...props} field="over" label="Within" placeholder="1 h" />
        </div>
      );
    case "threshold":
      return (
        <>
          <Limits {...props} inUnit={inUnit} />
          <Text {...props} field="forTime" label="For at least" placeholder="at once" />
        </>
      );
    case "price":
      return <Limits {...props} inUnit={inUnit} />;
    case "demand":
      return (
        <>
          <div className="alert-row">
            <Text {...props} field="targetKw" label="Target, kW" placeholder="the level that raises the bill" decimal />
            <Text {...props} field="hysteresis" label="Margin before it tells again, kW" placeholder="0" decimal />
          </div>
          <div className="alert-row">
            <Text {...props} field="notBefore" label="Not in the first" placeholder="0 s" />
            <Text {...props} field="lead" label="Not in the last" placeholder="0 s" />
          </div>
        </>
      );
    case "job":
      return null;
    case "meter":
      return <MeterFields {...props} />;
  }
}

const WATCHES: readonly { readonly value: MeterWatch; readonly label: string }[] = [
  { value: "leak", label: "Water or gas flows without a rest for a day" },
  { value: "implausible", label: "A reading cannot be right" },
  { value: "due", label: "It should be read" },
  { value: "calibration", label: "Its calibration ends" },
];

function MeterFields(props: FieldsProps) {
  const { form, onChange } = props;
  return (
    <>
      <NativeSelect
        label="When"
        size="xs"
        data={[...WATCHES]}
        value={form.watch}
        onChange={(event) => onChange({ watch: event.currentTarget.value as MeterWatch })}
      />
      {form.watch === "calibration" ? <Text {...props} field="withinDays" label="Days before" decimal /> : null}
    </>
  );
}

function Limits({ inUnit, ...props }: FieldsProps & { readonly inUnit: string }) {
  return (
    <div className="alert-row three">
      <Text {...props} field="above" label={`Above${inUnit}`} placeholder="no limit" decimal />
      <Text {...props} field="below" label={`Below${inUnit}`} placeholder="no limit" decimal />
      <Text {...props} field="hysteresis" label={`Margin before it ends${inUnit}`} placeholder="0" decimal />
    </div>
  );
}

interface TextProps extends FieldsProps {
  readonly field: Exclude<Field, "name" | "subject">;
  readonly label: string;
  readonly placeholder?: string;
  readonly decimal?: boolean;
}

/** A field of the form for text or a number. */
export function Text({ form, problems, onChange, field, label, placeholder, decimal = false }: TextProps) {
  return (
    <TextInput
      label={label}
      size="xs"
      value={form[field]}
      error={problems[field]}
      maxLength={40}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(decimal ? { inputMode: "decimal" as const } : {})}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
    />
  );
}
