import { type EquipmentRow, equipmentGroups, gravest } from "./trends-view.ts";

interface ListProps {
  readonly rows: readonly EquipmentRow[];
  readonly chosen: string;
  readonly find: string;
  readonly onFind: (words: string) => void;
  readonly onChoose: (id: string) => void;
}

const MARKS = { critical: ["✕", "critical"], warning: ["!", "warning"] } as const;

/** All equipment by kind, with a mark where something was found. */
export function EquipmentList({ rows, chosen, find, onFind, onChoose }: ListProps) {
  const groups = equipmentGroups(rows, find);
  return (
    <nav className="card trends-list" aria-label="Equipment">
      <label>
        <span className="read-aloud">Find equipment</span>
        <input type="search" placeholder="Find equipment" value={find} onChange={({ target }) => onFind(target.value)} />
      </label>
      {groups.length === 0 && <p className="faint">Nothing is called that.</p>}
      {groups.map(({ title, rows: own }) => (
        <section key={title} aria-label={title}>
          <h2>
            {title} <span className="faint">{own.length}</span>
          </h2>
          {own.map((row) => (
            <Choice key={row.equipment.id} row={row} isChosen={row.equipment.id === chosen} onChoose={onChoose} />
          ))}
        </section>
      ))}
    </nav>
  );
}

function Choice({ row, isChosen, onChoose }: { row: EquipmentRow; isChosen: boolean; onChoose: (id: string) => void }) {
  const { id, name } = row.equipment;
  const grave = gravest(row);
  return (
    <button type="button" aria-pressed={isChosen} onClick={() => onChoose(id)}>
      <span>{name}</span>
      {grave !== undefined && (
        <span className={`trends-mark ${grave}`}>
          <span aria-hidden="true">{MARKS[grave][0]}</span>
          <span className="read-aloud">{MARKS[grave][1]}</span>
        </span>
      )}
    </button>
  );
}
