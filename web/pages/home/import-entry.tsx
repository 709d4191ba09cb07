import { Menu } from "@mantine/core";
import { lazy, type MouseEvent, type ReactNode, Suspense, useRef, useState } from "react";
import type { HomeInfo } from "#contract/home.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { useMay } from "#web/client/role.ts";

// Who only looks needs no dialog.
const ImportDialog = lazy(async () => ({ default: (await import("./import-dialog.tsx")).ImportDialog }));

interface ImportParts {
  readonly home: HomeInfo;
  readonly refresh: () => void;
  readonly onShow: (span: TimeSpan) => void;
}

/** The line of a menu that takes readings in, and the dialog it opens, which outlives the menu. Missing: nothing for who may not. */
export function useImportEntry(parts: ImportParts): { readonly item: ReactNode; readonly dialog: ReactNode } {
  const may = useMay("operator");
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLElement>(null);
  const start = ({ currentTarget }: MouseEvent<HTMLElement>) => {
    opener.current = openerOf(currentTarget);
    setOpen(true);
  };
  const close = () => {
    setOpen(false);
    // Once the dialog has let go of the keys.
    setTimeout(() => opener.current?.focus());
  };
  return {
    item: may && <Menu.Item onClick={start}>Import readings (CSV)…</Menu.Item>,
    dialog: <Suspense>{open && <ImportDialog {...parts} onClose={close} />}</Suspense>,
  };
}

/** The button that opened the menu of an item: the item is gone when the keys come back. */
function openerOf(item: HTMLElement): HTMLElement | null {
  return document.getElementById(item.closest('[role="menu"]')?.getAttribute("aria-labelledby") ?? "");
}
