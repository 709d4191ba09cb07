import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { TokenInfo } from "#contract/access.ts";
import { sendJson } from "#web/client/fetch.ts";
import { undoNotice } from "#web/parts/undo-notice.tsx";

const UNDO_MS = 10_000;

/**
 * Revokes a token ten seconds after it was asked for, with a way back until then.
 * Who leaves the page, or closes it, has decided: what is waiting is carried out at once.
 */
export function useRevoke() {
  const queries = useQueryClient();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const waiting = useRef(new Map<string, { timer: ReturnType<typeof setTimeout>; carryOut: () => void }>());

  const show = (id: string) => setHidden((before) => new Set([...before].filter((one) => one !== id)));
  const carryOut = async (token: TokenInfo) => {
    waiting.current.delete(token.id);
    try {
      await sendJson("DELETE", `/tokens/${encodeURIComponent(token.id)}`);
    } catch (error) {
      notifications.show({ title: `${token.name} was not revoked`, message: (error as Error).message, color: "red" });
    }
    await queries.invalidateQueries({ queryKey: ["tokens"] });
    show(token.id);
  };
  const start = (token: TokenInfo) => {
    setHidden((before) => new Set(before).add(token.id));
    const run = () => void carryOut(token);
    waiting.current.set(token.id, { timer: setTimeout(run, UNDO_MS), carryOut: run });
    undoNotice({
      id: `revoke-${token.id}`,
      title: `${token.name} loses its access in ten seconds`,
      forMs: UNDO_MS,
      onUndo: () => {
        clearTimeout(waiting.current.get(token.id)?.timer);
        waiting.current.delete(token.id);
        show(token.id);
      },
    });
  };

  useEffect(() => {
    const open = waiting.current;
    const decide = () => {
      for (const { timer, carryOut: run } of open.values()) {
        clearTimeout(timer);
        run();
      }
    };
    addEventListener("pagehide", decide);
    return () => {
      removeEventListener("pagehide", decide);
      decide();
    };
  }, []);
  return { hidden, start };
}
