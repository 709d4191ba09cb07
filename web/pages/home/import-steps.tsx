import { Button } from "@mantine/core";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { FileDrop } from "#web/parts/file-drop.tsx";
import { bytesText } from "#web/parts/format-number.ts";
import { COMMANDS, countWords, heldWords, problemLines, sendingWords, verdictWords } from "./import-words.ts";
import type { Importing, ImportStep } from "./use-import.ts";

type StepAt<At extends ImportStep["at"]> = Extract<ImportStep, { at: At }>;

interface ChoosingProps {
  readonly step: StepAt<"choose">;
  readonly onFiles: Importing["choose"];
}

/** The step in which a file is chosen. */
export function Choosing({ step: { problem, note }, onFiles }: ChoosingProps) {
  return (
    <>
      <FileDrop onFiles={(files) => void onFiles(files)} />
      {problem !== undefined && (
        <p className="bad" role="alert">
          ✕ {problem}
        </p>
      )}
      {note !== undefined && <output>{note}</output>}
      <p>
        A file as <b>Save CSV</b> writes it, or any whose first line names <code>time</code> and one of <code>power W</code>,{" "}
        <code>bought kWh</code>, <code>sold kWh</code>. It is counted first; nothing is kept until you say so, and nothing is taken twice.
      </p>
      <div className="import-commands">
        <p className="faint">
          The old Tasmota monitor or Home Assistant is taken over by command line where Wattkeep runs, at first to look and then without{" "}
          <code>--dry-run</code>:
        </p>
        {COMMANDS.map((command) => (
          <pre key={command}>{command}</pre>
        ))}
      </div>
    </>
  );
}

interface SendingProps {
  readonly step: StepAt<"sending">;
  readonly onCancel: () => void;
  readonly onClose: () => void;
}

/** The step in which a file is on its way, and read. */
export function Sending({ step: { file, dryRun, sentBytes }, onCancel, onClose }: SendingProps) {
  const sent = sentBytes >= file.size;
  return (
    <>
      <p className="import-file">{file.name}</p>
      {sent ? <progress aria-label="At work" /> : <progress aria-label="Sent" max={file.size} value={sentBytes} />}
      <p>{sendingWords(sentBytes, file.size, dryRun)}</p>
      <output className="read-aloud">{sent ? sendingWords(sentBytes, file.size, dryRun) : `Sending ${bytesText(file.size)}`}</output>
      {sent && !dryRun ? (
        <>
          <p className="faint">Closing this does not stop it; a notice tells when it is done.</p>
          <div className="import-acts">
            <Button variant="default" size="xs" onClick={onClose}>
              Close
            </Button>
          </div>
        </>
      ) : (
        <div className="import-acts">
          <Button variant="default" size="xs" onClick={onCancel}>
            Cancel
          </Button>
        </div>
      )}
    </>
  );
}

interface FailedProps {
  readonly step: StepAt<"failed">;
  readonly importing: Importing;
}

/** The step that says why a file was not taken. */
export function Failed({ step: { file, dryRun, words, passing }, importing }: FailedProps) {
  return (
    <>
      <p className="import-file">{file.name}</p>
      <div role="alert">
        {words.map((sentence, index) => (
          <p key={sentence} className={index === 0 ? "bad" : undefined}>
            {index === 0 ? "✕ " : ""}
            {sentence}
          </p>
        ))}
      </div>
      <div className="import-acts">
        {passing && (
          <Button size="xs" onClick={() => void importing.send(file, dryRun)}>
            Try again
          </Button>
        )}
        <Button variant="default" size="xs" onClick={importing.again}>
          Choose another file
        </Button>
      </div>
    </>
  );
}

interface FoundProps {
  readonly step: StepAt<"found">;
  readonly importing: Importing;
  readonly zone: string;
  readonly onClose: () => void;
  readonly onShow: (span: TimeSpan) => void;
}

/** What a file holds, or, once it was taken, what was kept of it. */
export function Found({ step: { file, found }, importing, zone, onClose, onShow }: FoundProps) {
  const { lines, more } = problemLines(found);
  const { firstMs, lastMs } = found;
  return (
    <>
      <p className="import-file">{file.name}</p>
      <p className="import-held">{heldWords(found, zone)}</p>
      <ul className="import-counts">
        {countWords(found).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {lines.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
        <section className="import-problems" aria-label="Lines that cannot be read" tabIndex={0}>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          {more !== undefined && <p className="faint">{more}</p>}
        </section>
      )}
      <p>
        <b>{verdictWords(found)}</b>
      </p>
      <div className="import-acts">
        {found.dryRun && found.new > 0 && (
          <Button size="xs" onClick={() => void importing.send(file, false)}>
            Take them
          </Button>
        )}
        {!found.dryRun && firstMs !== null && lastMs !== null && lastMs > firstMs && (
          <Button size="xs" onClick={() => onShow({ fromMs: firstMs, toMs: lastMs })}>
            Show them
          </Button>
        )}
        <Button variant="default" size="xs" onClick={importing.again}>
          Choose another file
        </Button>
        <Button variant="default" size="xs" onClick={onClose}>
          Close
        </Button>
      </div>
    </>
  );
}
