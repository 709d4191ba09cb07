import { Drawer } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { MeterLineageAnswer } from "#contract/meter-history.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { metersQuery } from "#web/client/meter-queries.ts";
import { fullText } from "#web/parts/format-time.ts";
import { moneyText } from "#web/parts/money-text.ts";
import { ErrorState, Skeleton } from "#web/parts/states.tsx";
import { factorText } from "./lineage-words.ts";
import { MEDIA } from "./media.ts";
import type { MeterLook } from "./meter-look.ts";
import { lineageQuery } from "./meter-page-queries.ts";
import { localText } from "./reading-row.tsx";
import { ShareBar } from "./share-bar.tsx";
import type { MeterView } from "./use-meter-view.ts";
import { windowWords } from "./window-words.ts";
import { amountText, flagWords, missingText, placedName, registerText, shareText } from "./words.ts";

interface DrawerProps {
  readonly look: MeterLook;
  readonly view: MeterView;
  readonly span: TimeSpan;
}

/** How a number was made: its rules in order, the readings under it, and the same of every part. */
export function LineageDrawer({ look, view, span }: DrawerProps) {
  const { meter, clock } = look;
  const phone = useMediaQuery("(max-width: 760px)");
  const query = useQuery(lineageQuery(meter.id, { ...span, asOf: view.stretch.asOf }));
  const close = () => view.setMade(undefined);
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size={phone === true ? "100%" : 460}
      title="How this number was made"
      closeButtonProps={{ "aria-label": "Close", size: phone === true ? "xl" : "md" }}
    >
      <p className="muted">{windowWords(span, clock)}</p>
      {query.data !== undefined ? (
        <Lineage lineage={query.data} currency={meter.currency} color={MEDIA[meter.medium].color} own />
      ) : query.error !== null ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : (
        <div aria-busy="true" className="util-skeleton">
          <Skeleton width={160} height={34} />
          <Skeleton height={90} />
          <Skeleton height={160} />
        </div>
      )}
      <p className="lineage-foot">
        <button
          type="button"
          className="ctl"
          onClick={() => {
            close();
            view.setSpan(span);
          }}
        >
          Look into this time
        </button>
      </p>
    </Drawer>
  );
}

interface LineageProps {
  readonly lineage: MeterLineageAnswer;
  readonly currency: string;
  readonly color: string;
  /** The number the drawer was opened for. */
  readonly own?: boolean;
}

function Lineage({ lineage, currency, color, own = false }: LineageProps) {
  const { figure, unit, rules, readings, readingCount, parts } = lineage;
  const known = useQuery(metersQuery()).data?.meters.find((meter) => meter.id === lineage.meter);
  const remarks = [missingText(figure), ...flagWords(figure.flags.filter((flag) => flag !== "filled" && flag !== "incomplete"))];
  return (
    <div className={own ? "lineage own" : "lineage"}>
      {!own && (
        <p className="lineage-name">
          <Link className="link" to="/utilities/meter" search={{ meter: lineage.meter }}>
            {known === undefined ? lineage.name : placedName(known)}
          </Link>
        </p>
      )}
      <p className={own ? "lineage-amount num" : "num"}>
        {amountText(figure.amount, unit)}
        {figure.cost !== null && <small> {moneyText(figure.cost, currency)}</small>}
      </p>
      <ShareBar figure={figure} color={color} />
      <p className="muted">
        {[measuredText(lineage), shareText(figure), ...remarks].filter((text) => text !== undefined && text !== "").join(", ")}
      </p>
      {rules.length > 0 && (
        <ol className="lineage-rules">
          {rules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ol>
      )}
      {parts.map(({ factor, lineage: part }) => (
        <section key={`${part.meter} ${factor}`} className="lineage-part">
          <span className="lineage-factor" title={`counted ${factor} times`}>
            {factorText(factor)}
          </span>
          <Lineage lineage={part} currency={currency} color={color} />
        </section>
      ))}
      {readings.length > 0 && (
        <details className="lineage-readings" open={own}>
          <summary>
            {readingCount} {readingCount === 1 ? "reading" : "readings"}
            {readings.length < readingCount && `, ${readings.length} shown`}
          </summary>
          <table>
            <tbody>
              {readings.map((reading) => (
                <tr key={`${reading.series} ${reading.tMs}`} data-counts={reading.counts}>
                  <td>
                    <span title={fullText(reading.tMs)}>{localText(reading.tLocal)}</span>
                    <small className="faint"> {reading.source}</small>
                    {!reading.counts && <small className="warn"> does not count: {reading.because}</small>}
                  </td>
                  <td className="n">{registerText(reading.value, reading.unit)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </div>
  );
}

/** "178 kWh between readings, 34 kWh filled". */
function measuredText({ figure, unit }: MeterLineageAnswer): string {
  if (figure.amount === null || figure.measured === null || figure.amount <= figure.measured) return "";
  return `${amountText(figure.measured, unit)} between readings, ${amountText(figure.amount - figure.measured, unit)} filled`;
}
