import { Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog of the meters' pages; on a phone it has the whole screen. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const phone = useMediaQuery("(max-width: 760px)");
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={520}
      fullScreen={phone === true}
      closeButtonProps={{ "aria-label": "Close", size: phone === true ? "xl" : "md" }}
    >
      {children}
    </Modal>
  );
}
