import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { MeterDetailAnswer } from "#contract/meters.ts";
import { metersQuery } from "#web/client/meter-queries.ts";
import { useMay } from "#web/client/role.ts";
import { Card } from "#web/parts/card.tsx";
import { numberText, unitText } from "#web/parts/format-number.ts";
import { dateText } from "./date-text.ts";
import { GasRows } from "./gas-card.tsx";
import { MEDIA } from "./media.ts";
import type { MeterLook } from "./meter-look.ts";
import { PatternBars } from "./pattern-bars.tsx";
import { ReplacementRows } from "./replacement-rows.tsx";
import { useMeterSay } from "./use-meter-say.ts";
import { placedName, registerText } from "./words.ts";

const DefinitionDialog = lazy(async () => ({ default: (await import("./definition-dialog.tsx")).DefinitionDialog }));

const KINDS = { physical: "A meter with a dial", master: "A sum by periods", virtual: "A formula of other meters" } as const;

/** What the meter is. What a file says is read there, everything else is changed here. */
export function DefinitionCard({ look }: { look: MeterLook }) {
  const { meter } = look;
  const may = useMay("operator");
  const [editing, setEditing] = useState(false);
  const { declared } = meter;
  const navigate = useNavigate();
  const { remove } = useMeterSay(meter.id);
  return (
    <Card
      title="Definition"
      id="definition"
      note={
        declared === null ? (
          may && (
            <span className="meter-acts">
              {meter.factId !== null && (
                <button
                  type="button"
                  className="link"
                  disabled={remove.isPending}
                  onClick={() => remove.mutate(undefined, { onSuccess: () => void navigate({ to: "/utilities", search: {} }) })}
                >
                  Remove
                </button>
              )}
              <button type="button" className="link" onClick={() => setEditing(true)}>
                Change
              </button>
            </span>
          )
        ) : (
          <span title="What the file says is changed there">
            <code>
              {declared.file}:{declared.line}
            </code>
          </span>
        )
      }
    >
      {declared !== null && <p className="meter-pinned faint">The file says so: it is changed there, not here.</p>}
      <dl className="meter-facts">
        {factsOf(meter).map(([label, value]) => (
          <Row key={label} label={label} value={value} />
        ))}
      </dl>
      {meter.periods.length > 0 && <Periods meter={meter} />}
      {meter.formula !== null && (
        <p className="meter-formula">
          <code>{meter.formula}</code>
        </p>
      )}
      <Relations title="Made of" ids={meter.parts} site={meter.site} />
      <Relations title="Part of" ids={meter.partOf} site={meter.site} />
      <PatternBars meter={meter} />
      <ReplacementRows look={look} />
      <GasRows meter={meter} />
      {editing && <Edit meter={meter} onClose={() => setEditing(false)} />}
    </Card>
  );
}

function Row({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}

function factsOf(meter: MeterDetailAnswer): [string, string][] {
  const facts: [string, string | null][] = [
    ["Kind", KINDS[meter.kind]],
    ["Medium", MEDIA[meter.medium].label],
    ["Unit", unitText(meter.unit) || "none"],
    ["Group", meter.group || null],
    ["Description", meter.description || null],
    ["Name in formulas", meter.meter],
    ["Serial number", meter.serial],
    ["Installed on", meter.installedOn === null ? null : dateText(meter.installedOn)],
    ["Removed on", meter.removedOn === null ? null : dateText(meter.removedOn)],
    ["Read every", meter.readEveryDays === null ? null : `${meter.readEveryDays} days`],
    ["Starts at zero each year on", meter.resetsOn],
    ["Calibrated until", meter.calibratedUntil === null ? null : dateText(meter.calibratedUntil)],
    ["Rolls over at", meter.modulus === null ? null : registerText(meter.modulus, meter.unit)],
    ["At most in a day", meter.mostPerDay === null ? null : registerText(meter.mostPerDay, meter.unit)],
    [
      "Base load",
      meter.baseLoadPerHour === null ? null : `${numberText(meter.baseLoadPerHour, { unit: meter.unit, keepUnit: true })} per hour`,
    ],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== null);
}

function Periods({ meter }: { meter: MeterDetailAnswer }) {
  return (
    <table className="meter-periods">
      <thead>
        <tr>
          <th>From</th>
          <th>To</th>
          <th>Meters</th>
        </tr>
      </thead>
      <tbody>
        {meter.periods.map(({ fromDate, toDate, sources }) => (
          <tr key={fromDate}>
            <td>{dateText(fromDate)}</td>
            <td>{toDate === null || toDate.startsWith("9999") ? "still" : dateText(toDate)}</td>
            <td>{sources.join(" + ")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Names of other meters, each a way to it. */
function Relations({ title, ids, site }: { title: string; ids: readonly string[]; site: string }) {
  const meters = useQuery(metersQuery()).data?.meters;
  if (ids.length === 0) return null;
  return (
    <p className="meter-relations">
      <span className="faint">{title}</span>{" "}
      {ids.map((id) => {
        const known = meters?.find((meter) => meter.id === id || (meter.site === site && meter.meter === id));
        return (
          <Link key={id} className="link" to="/utilities/meter" search={{ meter: known?.id ?? id }}>
            {known === undefined ? id : placedName(known)}
          </Link>
        );
      })}
    </p>
  );
}

function Edit({ meter, onClose }: { meter: MeterDetailAnswer; onClose: () => void }) {
  const list = useQuery(metersQuery()).data;
  if (list === undefined) return null;
  return (
    <Suspense>
      <DefinitionDialog sites={list.sites} meters={list.meters} meter={meter} onClose={onClose} />
    </Suspense>
  );
}
