import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { NewTokenAnswer, RoleName } from "#contract/access.ts";
import { sendJson } from "#web/client/fetch.ts";

const ROLES: readonly { value: RoleName; label: string }[] = [
  { value: "viewer", label: "viewer: sees everything" },
  { value: "operator", label: "operator: also re-reads rejects, names things" },
  { value: "billing", label: "billing: also tariffs and corrections" },
  { value: "admin", label: "admin: everything, tokens too" },
  { value: "ingest", label: "ingest: a device, may only send" },
];

/** The form for a token; a device also gets the prefix it may publish below. */
export function NewToken({ onMade, onCancel }: { onMade: (token: NewTokenAnswer) => void; onCancel: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [role, setRole] = useState<RoleName>("viewer");
  const [days, setDays] = useState("");
  const [prefix, setPrefix] = useState("");
  const making = useMutation({
    mutationFn: () => sendJson<NewTokenAnswer>("POST", "/tokens", bodyOf({ name, role, days, prefix })),
    onSuccess: (answer) => {
      void queries.invalidateQueries({ queryKey: ["tokens"] });
      onMade(answer);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    making.mutate();
  };
  return (
    <form className="new-token" onSubmit={submit}>
      <TextInput
        label="Name"
        placeholder="Wall tablet"
        size="xs"
        maxLength={100}
        required
        withAsterisk={false}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NativeSelect
        label="Role"
        size="xs"
        data={[...ROLES]}
        value={role}
        onChange={(event) => setRole(event.currentTarget.value as RoleName)}
      />
      <TextInput
        label="Days it holds"
        placeholder="until revoked"
        size="xs"
        inputMode="numeric"
        pattern="[0-9]{1,4}"
        value={days}
        onChange={(event) => setDays(event.currentTarget.value)}
      />
      {role === "ingest" && (
        <TextInput
          label="Topic prefix"
          placeholder="tele/meter/"
          size="xs"
          maxLength={200}
          value={prefix}
          onChange={(event) => setPrefix(event.currentTarget.value)}
        />
      )}
      <div className="new-token-actions">
        <Button type="submit" size="xs" loading={making.isPending}>
          Make token
        </Button>
        <Button variant="default" size="xs" onClick={onCancel}>
          Cancel
        </Button>
      </div>
      {making.error && (
        <p className="bad" role="alert">
          ✕ {making.error.message}
        </p>
      )}
    </form>
  );
}

function bodyOf(form: { name: string; role: RoleName; days: string; prefix: string }) {
  const days = Number(form.days);
  return {
    name: form.name.trim(),
    role: form.role,
    ...(form.days.trim() !== "" && Number.isInteger(days) ? { days } : {}),
    ...(form.role === "ingest" && form.prefix.trim() !== "" ? { publishPrefix: form.prefix.trim() } : {}),
  };
}
