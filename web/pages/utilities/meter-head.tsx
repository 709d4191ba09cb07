import { Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { apiUrl } from "#web/client/base.ts";
import { meterPath } from "#web/client/meter-queries.ts";
import { useMay } from "#web/client/role.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { Answer } from "#web/parts/card.tsx";
import { everyText } from "#web/parts/format-time.ts";
import { MenuButton } from "#web/parts/menu-button.tsx";
import { NeedsList } from "#web/parts/needs-list.tsx";
import { dateText } from "./date-text.ts";
import { MEDIA } from "./media.ts";
import { meterAnswer } from "./meter-answer.ts";
import type { MeterLook } from "./meter-look.ts";
import { StandingMark } from "./standing-mark.tsx";
import type { MeterView } from "./use-meter-view.ts";
import { registerText } from "./words.ts";

const ReplacementDialog = lazy(async () => ({ default: (await import("./replacement-dialog.tsx")).ReplacementDialog }));
const NewReadingDialog = lazy(async () => ({ default: (await import("./new-reading-dialog.tsx")).NewReadingDialog }));

interface HeadProps {
  readonly look: MeterLook;
  readonly view: MeterView;
}

/** The answer in one sentence, where it comes from, and what can be done with the meter. */
export function MeterHead({ look, view }: HeadProps) {
  const { meter } = look;
  const [open, setOpen] = useState<"replacement" | "reading">();
  const may = useMay("operator") && meter.kind === "physical";
  const close = () => setOpen(undefined);
  const { from, to } = { from: Math.round(view.stretch.fromMs), to: Math.round(view.stretch.toMs) };
  const csv = apiUrl(meterPath(meter.id, "consumption.csv"), { from, to, by: view.by, asOf: view.stretch.asOf }).href;
  return (
    <>
      <div className="util-headed meter-head">
        <Answer sentence={meterAnswer(meter)} evidence={evidence(look)}>
          {may && (
            <button type="button" className="ctl" onClick={() => setOpen("reading")}>
              New reading
            </button>
          )}
          {may && (
            <button type="button" className="ctl" onClick={() => setOpen("replacement")}>
              Replace the meter
            </button>
          )}
          <MenuButton label="More">
            <Menu.Item component="a" href={csv} download>
              Save CSV, this window
            </Menu.Item>
            <Menu.Item onClick={() => view.setMade({ fromMs: meter.thisMonth.fromMs, toMs: meter.thisMonth.toMs })}>
              How this month was made
            </Menu.Item>
            <Menu.Item onClick={() => view.setTable(!view.table)}>{view.table ? "Show as chart" : "Show as table"}</Menu.Item>
          </MenuButton>
        </Answer>
      </div>
      <NeedsList needs={meter.needs} />
      <Suspense>
        {open === "replacement" && <ReplacementDialog look={look} onClose={close} />}
        {open === "reading" && <NewReadingDialog look={look} onClose={close} />}
      </Suspense>
    </>
  );
}

function evidence({ meter }: MeterLook): ReactNode[] {
  const { lastMs, standing, because } = meter;
  return [
    <StandingMark key="standing" standing={standing} because={because} />,
    ...(standing !== "live" && standing !== "ended" && because !== "" ? [because] : []),
    ...(lastMs === null
      ? []
      : [
          <span key="last">
            {meter.lastValue === null ? "known until" : `${registerText(meter.lastValue, meter.unit)},`}{" "}
            <AgeText tMs={lastMs} zone={meter.zone} ago />
          </span>,
        ]),
    ...(meter.everyMs === null || standing === "ended" ? [] : [`read ${everyText(meter.everyMs)}`]),
    [MEDIA[meter.medium].label.toLowerCase(), meter.group].filter(Boolean).join(", "),
    ...(meter.serial === null ? [] : [`No ${meter.serial}`]),
    ...(meter.calibratedUntil === null ? [] : [`calibrated until ${dateText(meter.calibratedUntil)}`]),
    <Link key="all" className="link" to="/utilities" search={{}}>
      All meters
    </Link>,
  ];
}
