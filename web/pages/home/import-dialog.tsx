import "./import-dialog.css";
import { Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type ReactNode, useEffect, useRef } from "react";
import type { HomeInfo } from "#contract/home.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { Choosing, Failed, Found, Sending } from "./import-steps.tsx";
import { useImport } from "./use-import.ts";

interface ImportDialogProps {
  readonly home: HomeInfo;
  readonly refresh: () => void;
  readonly onShow: (span: TimeSpan) => void;
  readonly onClose: () => void;
}

/** Takes a CSV file of readings into a home: counted first, kept when told. */
export function ImportDialog({ home, refresh, onShow, onClose }: ImportDialogProps) {
  const phone = useMediaQuery("(max-width: 760px)");
  const importing = useImport({ home: home.id, refresh });
  const { step } = importing;
  const sending = step.at === "sending";
  const close = () => {
    importing.leave();
    onClose();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={`Import readings into ${home.name}`}
      size={520}
      fullScreen={phone === true}
      closeOnClickOutside={!sending}
      closeOnEscape={!sending}
      closeButtonProps={{ "aria-label": "Close", size: phone === true ? "xl" : "md" }}
    >
      <Step key={step.at === "found" ? `found ${step.found.dryRun}` : step.at}>
        {step.at === "choose" && <Choosing step={step} onFiles={importing.choose} />}
        {step.at === "sending" && <Sending step={step} onCancel={importing.cancel} onClose={close} />}
        {step.at === "failed" && <Failed step={step} importing={importing} />}
        {step.at === "found" && (
          <Found
            step={step}
            importing={importing}
            zone={home.zone}
            onClose={close}
            onShow={(span) => {
              close();
              onShow(span);
            }}
          />
        )}
      </Step>
    </Modal>
  );
}

/** A step takes the keys with it: the button that was pressed to get here is gone. */
function Step({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    (place.current?.querySelector<HTMLElement>("[data-autofocus]") ?? place.current)?.focus();
  }, []);
  return (
    <div className="import-step" ref={place} tabIndex={-1}>
      {children}
    </div>
  );
}
