import { Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useState } from "react";
import type { MeterInfo, MetersAnswer } from "#contract/meters.ts";
import { MeterSelect } from "#web/parts/meter-select.tsx";
import { CorrectionForm } from "./correction-fields.tsx";

interface DialogProps {
  readonly opened: boolean;
  readonly meters: readonly MeterInfo[];
  readonly zones: MetersAnswer["sites"];
  readonly start: { readonly meter: string | undefined; readonly near: string | undefined };
  readonly onClose: () => void;
}

/** Changes, leaves out, adds or moves readings of a meter: looked at first, made when told. */
export function CorrectionDialog({ opened, meters, zones, start, onClose }: DialogProps) {
  const phone = useMediaQuery("(max-width: 760px)");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Correct a reading"
      size={620}
      fullScreen={phone === true}
      closeButtonProps={{ "aria-label": "Close", size: phone === true ? "xl" : "md" }}
    >
      {opened && <Chosen meters={meters} zones={zones} start={start} onClose={onClose} />}
    </Modal>
  );
}

function Chosen({ meters, zones, start, onClose }: Omit<DialogProps, "opened">) {
  const physical = meters.filter((one) => one.kind === "physical");
  const [id, setId] = useState(physical.find((one) => one.id === start.meter)?.id ?? physical[0]?.id);
  const meter = physical.find((one) => one.id === id);
  return (
    <div className="correction">
      <div className="correction-field">
        <span aria-hidden="true">Meter</span>
        <MeterSelect label="Meter" meters={physical} sites={zones} value={id} onChange={setId} />
      </div>
      {start.meter !== undefined && start.meter !== id && (
        <p className="faint">Sums and formulas follow their parts: a reading is always of one dial.</p>
      )}
      {meter !== undefined && (
        <CorrectionForm
          key={meter.id}
          meter={meter}
          near={start.near}
          zone={zones.find((one) => one.id === meter.site)?.zone ?? "UTC"}
          onDone={onClose}
        />
      )}
    </div>
  );
}
