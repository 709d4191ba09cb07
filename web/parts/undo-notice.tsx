import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";

interface UndoNotice {
  readonly id: string;
  readonly title: string;
  readonly forMs: number;
  readonly onUndo: () => void;
}

/** Says what was done and offers the way back for as long as there is one. */
export function undoNotice({ id, title, forMs, onUndo }: UndoNotice): void {
  const undo = () => {
    onUndo();
    notifications.hide(id);
  };
  // A notice about the same thing is out of date, and would keep this one away.
  notifications.hide(id);
  notifications.show({
    id,
    title,
    autoClose: forMs,
    message: (
      <Button variant="default" size="xs" onClick={undo}>
        Undo
      </Button>
    ),
  });
}
