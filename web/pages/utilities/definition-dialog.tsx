import "./utility-forms.css";
import { Button, Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import type { MeterDetailAnswer, MeterInfo, MetersAnswer } from "#contract/meters.ts";
import { ApiError } from "#web/client/fetch.ts";
import { DefinitionFields } from "./definition-fields.tsx";
import { draftOf, EMPTY_FORM, formOf, meterNameOf } from "./meter-draft.ts";
import { useMeterSay } from "./use-meter-say.ts";

interface DialogProps {
  readonly sites: MetersAnswer["sites"];
  readonly meters: readonly Pick<MeterInfo, "site" | "meter" | "group">[];
  /** The meter that is changed; left out, a new one is made. */
  readonly meter?: MeterDetailAnswer;
  readonly onClose: () => void;
}

/** What a meter is: made new, or changed where no file says so. */
export function DefinitionDialog({ sites, meters, meter, onClose }: DialogProps) {
  const phone = useMediaQuery("(max-width: 760px)");
  const navigate = useNavigate();
  const [form, setForm] = useState(() => (meter === undefined ? EMPTY_FORM : formOf(meter)));
  const [site, setSite] = useState(meter?.site ?? sites[0]?.id ?? "");
  const [problems, setProblems] = useState<readonly string[]>([]);
  const own = meters.filter((one) => one.site === site);
  const name = meter?.meter ?? meterNameOf(form.name, new Set(own.map((one) => one.meter)));
  const id = `${site}.${name}`;
  const { define } = useMeterSay(id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = draftOf(form);
    if ("problems" in read) return setProblems(read.problems);
    setProblems([]);
    define.mutate(read.draft, {
      onSuccess: () => {
        onClose();
        if (meter === undefined) void navigate({ to: "/utilities/meter", search: { meter: id } });
      },
      onError: (error) => setProblems([error.message, ...(error instanceof ApiError ? error.details : [])]),
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={meter === undefined ? "New meter" : `Definition of ${meter.name}`}
      size={620}
      fullScreen={phone === true}
      closeButtonProps={{ "aria-label": "Close", size: phone === true ? "xl" : "md" }}
    >
      <form className="util-form" onSubmit={submit}>
        {meter === undefined && sites.length > 1 && (
          <label className="util-field wide">
            <span className="util-label">Site</span>
            <select className="ctl" value={site} onChange={(event) => setSite(event.currentTarget.value)}>
              {sites.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </select>
          </label>
        )}
        <DefinitionFields
          form={form}
          fixedKind={meter?.kind === "physical" && meter.readings > 0}
          groups={[...new Set(own.map((one) => one.group).filter(Boolean))]}
          names={own.map((one) => one.meter).filter((one) => one !== meter?.meter)}
          onChange={(next) => setForm((before) => ({ ...before, ...next }))}
        />
        {sites.length === 0 && <p className="bad">✕ There is no site yet. Write one into the configuration first.</p>}
        {problems.length > 0 && (
          <ul className="util-problems" role="alert">
            {problems.map((problem) => (
              <li key={problem}>✕ {problem}</li>
            ))}
          </ul>
        )}
        <div className="util-form-foot">
          <Button type="submit" size="xs" loading={define.isPending} disabled={site === ""}>
            {meter === undefined ? "Make this meter" : "Change it"}
          </Button>
          <Button variant="default" size="xs" onClick={onClose}>
            Cancel
          </Button>
          <span className="faint">
            In formulas: <code>{name}</code>
          </span>
        </div>
      </form>
    </Modal>
  );
}
