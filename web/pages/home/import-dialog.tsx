import "./import-dialog.css";
import { Button, Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import type { HomeImport, HomeInfo } from "#contract/home.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { FileDrop } from "./file-drop.tsx";
import { COMMANDS, countWords, heldWords, problemLines, sendingWords, verdictWords } from "./import-words.ts";
import { type ImportStep, useImport } from "./use-import.ts";

interface ImportDialogProps {
  readonly home: HomeInfo;
  readonly refresh: () => void;
  readonly onShow: (span: TimeSpan) => void;
  readonly onClose: () => void;
}

type Importing = ReturnType<typeof useImport>;

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
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Step key={step.at === "found" ? `found ${step.found.dryRun}` : step.at} first={step.at === "choose"}>
        {step.at === "choose" && <Choosing step={step} importing={importing} />}
        {step.at === "sending" && <Sending step={step} importing={importing} />}
        {step.at === "failed" && <Failed step={step} importing={importing} onClose={close} />}
        {step.at === "found" && (
          <Found step={step} importing={importing} zone={home.zone} onClose={close} onShow={(span) => (close(), onShow(span))} />
        )}
      </Step>
    </Modal>
  );
}

/** A step takes the keys with it: what was pressed to get here is gone. */
function Step({ first, children }: { first: boolean; children: React.ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!first) place.current?.focus();
  }, [first]);
  return (
    <div className="import-step" ref={place} tabIndex={-1}>
      {children}
    </div>
  );
}
