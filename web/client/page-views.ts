import { useEffect } from "react";
import { apiUrl } from "./base.ts";

/** Counts one view of a page on the server when it is opened. Nobody is told when that fails: it is only a count. */
export function usePageView(path: string): void {
  useEffect(() => {
    // A page that is only passed on the way to another one, or opened by a double render, is not a view.
    const timer = setTimeout(() => void post(path), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [path]);
}

const SETTLE_MS = 400;

async function post(path: string): Promise<void> {
  try {
    await fetch(apiUrl("/usage/pageview"), {
      method: "POST",
      headers: { "content-type": "application/json" },
      credentials: "same-origin",
      keepalive: true,
      body: JSON.stringify({ path }),
    });
  } catch {
    // The network is away; the page itself says so.
  }
}
