import { z } from "zod";
import { MAX_LIVE_SERIES } from "./names.ts";
import type { LiveValue } from "./series.ts";

/** What a page may say on `/api/v1/live`. A new `subscribe` replaces the former; `all` follows new series too. */
export const liveClientSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("subscribe"), series: z.array(z.string().max(500)).max(MAX_LIVE_SERIES) }),
  z.strictObject({ type: z.literal("subscribe-all"), site: z.string().max(200).optional() }),
  z.strictObject({ type: z.literal("ping") }),
]);
export type LiveClientMessage = z.infer<typeof liveClientSchema>;

/** What the server says. `latest-only`: this reader is slow, it gets the newest value of each series and no more. */
export type LiveServerMessage =
  | { readonly type: "snapshot"; readonly nowMs: number; readonly values: readonly LiveValue[] }
  | { readonly type: "values"; readonly nowMs: number; readonly values: readonly LiveValue[] }
  | { readonly type: "changed"; readonly series: readonly string[]; readonly fromMs: number; readonly toMs: number }
  | { readonly type: "new-series"; readonly series: readonly string[] }
  | { readonly type: "latest-only" }
  | { readonly type: "pong"; readonly nowMs: number }
  | { readonly type: "problem"; readonly code: string; readonly sentence: string };
