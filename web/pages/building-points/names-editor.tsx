import { useId, useState } from "react";
import type { BuildingPointsAnswer, PointGuessAnswer } from "#contract/building-points.ts";
import { ErrorState } from "#web/parts/states.tsx";
import { useDecision } from "./use-decision.ts";

interface EditorProps {
  readonly row: PointGuessAnswer;
  readonly answer: BuildingPointsAnswer;
  readonly onDone: () => void;
}

/** As guessed: nobody decides. */
const GUESSED = "";

/** Says what a history is; what is not chosen stays as guessed. */
export function NamesEditor({ row, answer, onDone }: EditorProps) {
  const { say, takeBack } = useDecision(answer.site);
  const [role, setRole] = useState(row.decision?.role ?? GUESSED);
  const [equipment, setEquipment] = useState(row.decision?.equipment ?? GUESSED);
  const list = useId();
  const guessed = answer.roles.find(({ id }) => id === row.role)?.label ?? "none";
  const factId = row.decision?.factId ?? null;
  const waits = say.isPending || takeBack.isPending;
  const error = say.error ?? takeBack.error;
  const unchanged = role === (row.decision?.role ?? GUESSED) && equipment === (row.decision?.equipment ?? GUESSED);
  return (
    <form
      className="names-editor"
      aria-label={`What ${row.name} is`}
      onKeyDown={({ key }) => {
        if (key === "Escape") onDone();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        const said = { role: role === GUESSED ? null : role, equipment: equipment.trim() === GUESSED ? null : equipment.trim() };
        say.mutate({ point: row.point, name: row.name, said }, { onSuccess: onDone });
      }}
    >
      <label>
        <span>Role</span>
        <select value={role} onChange={({ target }) => setRole(target.value)}>
          <option value={GUESSED}>As guessed: {guessed}</option>
          <option value="none">None: it is left out</option>
          {answer.roles.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Equipment</span>
        <input
          list={list}
          value={equipment}
          placeholder={row.equipmentName === null ? "none" : `As guessed: ${row.equipmentName}`}
          onChange={({ target }) => setEquipment(target.value)}
        />
        <datalist id={list}>
          {answer.equipment.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </datalist>
      </label>
      <span className="names-buttons">
        <button type="submit" className="ctl" disabled={waits || unchanged}>
          Save
        </button>
        {factId !== null && (
          <button type="button" className="ctl quiet" disabled={waits} onClick={() => takeBack.mutate(factId, { onSuccess: onDone })}>
            As guessed again
          </button>
        )}
        <button type="button" className="ctl quiet" onClick={onDone}>
          Close
        </button>
      </span>
      {error !== null && <ErrorState error={error} />}
      <Others row={row} answer={answer} />
    </form>
  );
}

/** What else fitted, and the words behind it: enough to judge a guess by. */
function Others({ row, answer }: Pick<EditorProps, "row" | "answer">) {
  const labels = new Map(answer.roles.map(({ id, label }) => [id, label]));
  const facts = [
    ...(row.equipmentEvidence === null ? [] : [`Equipment: ${row.equipmentEvidence.sentence}`]),
    ...row.others.map(({ role, evidence }) => `${labels.get(role) ?? role} fitted too: ${evidence.sentence}`),
    ...(row.collidesWith.length === 0
      ? []
      : [`Its name gives the same key as that of ${row.collidesWith.join(", ")}; they are kept apart.`]),
    ...(row.tags.length === 0 ? [] : [`Tags: ${row.tags.join(", ")}`]),
    ...row.series.map(({ key, unit }) => `${key}${unit === "" ? ", without a unit" : `, ${unit}`}`),
  ];
  return (
    <ul className="names-facts">
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  );
}
