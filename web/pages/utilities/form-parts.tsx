import "./utility-forms.css";
import { Button, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { ApiError } from "#web/client/fetch.ts";

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly kind?: "text" | "number" | "date" | "moment";
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly focus?: boolean;
  readonly required?: boolean;
}

/** One thing that is typed. */
export function Field({ label, value, onChange, kind = "text", hint, error, focus = false, required = false }: FieldProps) {
  const type = kind === "date" ? "date" : kind === "moment" ? "datetime-local" : "text";
  return (
    <TextInput
      label={label}
      size="xs"
      type={type}
      value={value}
      required={required}
      withAsterisk={false}
      error={error}
      {...(kind === "number" ? { inputMode: "decimal" as const, autoComplete: "off" } : {})}
      {...(hint === undefined ? {} : { placeholder: hint })}
      {...(focus ? { "data-autofocus": true } : {})}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface FootProps {
  readonly label: string;
  readonly busy: boolean;
  readonly disabled?: boolean;
  readonly error: Error | null;
  readonly onCancel: () => void;
  readonly children?: ReactNode;
}

/** The button that does it, the one that does not, and what went wrong. */
export function FormFoot({ label, busy, disabled = false, error, onCancel, children }: FootProps) {
  return (
    <>
      {error !== null && (
        <ul className="util-problems" role="alert">
          {[error.message, ...(error instanceof ApiError ? error.details : [])].map((line) => (
            <li key={line}>✕ {line}</li>
          ))}
        </ul>
      )}
      <div className="util-form-foot">
        <Button type="submit" size="xs" loading={busy} disabled={disabled}>
          {label}
        </Button>
        <Button variant="default" size="xs" onClick={onCancel}>
          Cancel
        </Button>
        {children}
      </div>
    </>
  );
}
