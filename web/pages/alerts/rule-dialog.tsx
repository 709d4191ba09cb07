import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import type { AlertRule, AlertRulesAnswer } from "#contract/alerts.ts";
import { Seg } from "#web/parts/seg.tsx";
import { ChannelChoice } from "./channel-choice.tsx";
import { RuleFields, Text } from "./rule-fields.tsx";
import { formOf, nameFor, newForm, type Problems, type RuleForm, ruleOf } from "./rule-form.ts";
import { SubjectPicker } from "./subject-picker.tsx";
import { SUBJECT_WORDS, useSubjects } from "./subjects.ts";
import { useAlertActs } from "./use-alert-acts.ts";
import { KIND_WORDS } from "./words.ts";

const KINDS = Object.entries(KIND_WORDS).map(([value, label]) => ({ value, label }));
const SEVERITIES = [
  { value: "info", label: "Notice" },
  { value: "warning", label: "Warning" },
  { value: "critical", label: "Critical" },
] as const;

interface RuleDialogProps {
  /** The rule that is changed, or a new one; left out while the dialog is closed. */
  readonly editing: AlertRule | "new" | undefined;
  readonly answer: AlertRulesAnswer;
  readonly onClose: () => void;
}

/** Makes a rule, or changes one of the page's. */
export function RuleDialog({ editing, answer, onClose }: RuleDialogProps) {
  const phone = useMediaQuery("(max-width: 760px)");
  return (
    <Modal
      opened={editing !== undefined}
      onClose={onClose}
      title={editing === "new" ? "New rule" : "Change the rule"}
      size={560}
      fullScreen={phone === true}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {editing !== undefined && <RuleEditor editing={editing} answer={answer} onClose={onClose} />}
    </Modal>
  );
}

function RuleEditor({ editing, answer, onClose }: RuleDialogProps & { editing: AlertRule | "new" }) {
  const channels = answer.channels.map((channel) => channel.name);
  const [form, setForm] = useState<RuleForm>(() => (editing === "new" ? newForm(channels) : formOf(editing)));
  const [problems, setProblems] = useState<Problems>({});
  const [refused, setRefused] = useState<string>();
  const subjects = useSubjects(form.kind);
  const { save, saving } = useAlertActs();
  const chosen = subjects?.find((one) => one.value === form.subject);
  const suggested = nameFor(form, chosen === undefined || chosen.value === "*" ? "" : chosen.label, chosen?.unit ?? "");
  const change = (part: Partial<RuleForm>) => {
    setForm((before) => ({ ...before, ...part }));
    setProblems((before) => Object.fromEntries(Object.entries(before).filter(([field]) => !(field in part))));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const taken = new Set(answer.rules.map(({ rule }) => rule.id));
    const said = ruleOf({ ...form, name: form.name.trim() || suggested }, taken);
    setProblems(said.problems);
    if (said.rule === undefined) return;
    save(said.rule, editing === "new" ? undefined : editing).then(onClose, (error: Error) => setRefused(error.message));
  };
  const fields = { form, problems, onChange: change, unit: chosen?.unit ?? "" };
  return (
    <form className="alert-form" onSubmit={submit} noValidate>
      <NativeSelect
        label="Tell me when"
        size="xs"
        data={KINDS}
        value={form.kind}
        onChange={(event) => change({ kind: event.currentTarget.value as AlertRule["kind"], subject: "" })}
      />
      <SubjectPicker
        key={form.kind}
        label={SUBJECT_WORDS[form.kind]}
        subjects={subjects}
        value={form.subject}
        problem={problems.subject}
        onChoose={(one) => change({ subject: one.value })}
      />
      <RuleFields {...fields} />
      <TextInput
        label="Name"
        size="xs"
        maxLength={120}
        placeholder={suggested}
        value={form.name}
        error={problems.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <div className="alert-field">
        <span className="mantine-InputWrapper-label">Severity</span>
        <Seg label="Severity" value={form.severity} options={SEVERITIES} onChange={(severity) => change({ severity })} />
      </div>
      <ChannelChoice all={channels} chosen={form.channels} onChange={(next) => change({ channels: next })} />
      <Text {...fields} field="repeat" label="Tell again every" placeholder="only once" />
      <label className="alert-check">
        <input type="checkbox" checked={form.enabled} onChange={(event) => change({ enabled: event.currentTarget.checked })} />
        Switched on
      </label>
      {refused !== undefined && (
        <p className="bad" role="alert">
          ✕ {refused}
        </p>
      )}
      <div className="alert-form-acts">
        <Button type="submit" size="xs" loading={saving}>
          {editing === "new" ? "Watch it" : "Save"}
        </Button>
        <Button variant="default" size="xs" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
