interface ChannelChoiceProps {
  readonly all: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}

/** Whom a rule tells. A channel that is gone from the configuration stays in sight, so that it can be taken off. */
export function ChannelChoice({ all, chosen, onChange }: ChannelChoiceProps) {
  const names = [...new Set([...all, ...chosen])];
  const toggle = (name: string) => onChange(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]);
  return (
    <fieldset className="alert-field">
      <legend className="mantine-InputWrapper-label">Tells</legend>
      {names.length === 0 ? (
        <p className="faint">Shown on this page. No channel is set yet.</p>
      ) : (
        <div className="chips">
          {names.map((name) => (
            <button key={name} type="button" className="chip" aria-pressed={chosen.includes(name)} onClick={() => toggle(name)}>
              {chosen.includes(name) && "✓ "}
              {name}
              {!all.includes(name) && <b>not set up</b>}
            </button>
          ))}
        </div>
      )}
    </fieldset>
  );
}
