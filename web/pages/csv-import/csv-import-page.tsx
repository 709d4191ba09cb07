import "#web/parts/table.css";
import "./csv-import.css";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { metersQuery } from "#web/client/meter-queries.ts";
import { useMay } from "#web/client/role.ts";
import { Answer, Card } from "#web/parts/card.tsx";
import { FileDrop } from "#web/parts/file-drop.tsx";
import { bytesText } from "#web/parts/format-number.ts";
import { EmptyState, ErrorState, PageSkeleton, Skeleton } from "#web/parts/states.tsx";
import { FirstRows } from "./first-rows.tsx";
import { MappingCard } from "./mapping-card.tsx";
import { ResultCard } from "./result-card.tsx";
import { SendingBar } from "./sending-bar.tsx";
import { siteToFill } from "./site-to-fill.ts";
import { mayTryAgain, useCsvImport } from "./use-csv-import.ts";
import { importSentence } from "./words.ts";

/** Brings old readings in from a file: seen as they would be read, counted, and only then kept. */
export function CsvImportPage() {
  const { site } = useSearch({ strict: false });
  const meters = useQuery(metersQuery(site));
  const may = useMay("operator");
  const [chosen, setChosen] = useState<string>();
  const sites = meters.data?.sites ?? [];
  const into = site ?? chosen ?? (meters.data && siteToFill(meters.data));
  const importing = useCsvImport(into);
  const { file, answer, sending, error, problem } = importing;
  if (meters.data === undefined) {
    return meters.error ? <ErrorState error={meters.error} retry={() => void meters.refetch()} /> : <ImportSkeleton />;
  }
  if (!may)
    return <EmptyState page sentence="Readings are brought in by people who may change something here. Ask for the role “operator”." />;
  return (
    <>
      <Answer
        sentence={importSentence(answer, file?.name)}
        evidence={[
          file === undefined ? "Any CSV: its columns, marks and times are found out" : `${file.name}, ${bytesText(file.size)}`,
          "Nothing is taken twice, and nothing is kept before you say so",
        ]}
      >
        {file !== undefined && sending === undefined && (
          <button type="button" className="ctl" onClick={importing.again}>
            Choose another file
          </button>
        )}
      </Answer>
      <div className="grid">
        {file === undefined && (
          <Card title="File">
            <div className="csv-choose">
              {sites.length > 1 && site === undefined && (
                <label className="csv-field">
                  <span>Into the site</span>
                  <select className="ctl" value={into} onChange={(event) => setChosen(event.currentTarget.value)}>
                    {sites.map((one) => (
                      <option key={one.id} value={one.id}>
                        {one.name}
                      </option>
                    ))}
                  </select>
                </label>
              )}
              <FileDrop onFiles={(files) => void importing.choose(files)} />
              {problem !== undefined && (
                <p className="bad" role="alert">
                  ✕ {problem}
                </p>
              )}
              <p className="muted">
                One line for each reading, or one for each day with a column for every interval; one column for each meter, or one that
                names it; comma or point; the dates of a workbook. From a workbook, save the sheet as CSV.
              </p>
            </div>
          </Card>
        )}
        {sending !== undefined && <SendingBar sending={sending} onCancel={importing.cancel} />}
        {error !== undefined && <ErrorState error={error} retry={mayTryAgain(error) ? () => importing.change({}) : undefined} />}
        {answer !== undefined && answer.result !== null && <ResultCard answer={answer} meters={meters.data.meters} importing={importing} />}
        {answer !== undefined && answer.result === null && (
          <>
            <MappingCard answer={answer} meters={meters.data.meters} importing={importing} />
            <FirstRows answer={answer} meters={meters.data.meters} />
          </>
        )}
      </div>
    </>
  );
}

function ImportSkeleton() {
  return (
    <PageSkeleton>
      <Skeleton height={220} />
    </PageSkeleton>
  );
}
