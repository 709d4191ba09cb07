import "./theme/mantine.css";
import "./theme/tokens.css";
import "./theme/base.css";
import "./theme/frame.css";
import "./theme/controls.css";
import "./theme/card.css";
import "./theme/quality.css";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ApiError, isPassing } from "./client/fetch.ts";
import { sessionQuery } from "./client/queries.ts";
import { createPageRouter } from "./routes.tsx";
import { theme, variables } from "./theme/mantine.ts";
import { schemeManager } from "./theme/scheme.ts";

const queries = new QueryClient({
  queryCache: new QueryCache({ onError: askAgainWho }),
  defaultOptions: { queries: { staleTime: 30_000, retry: (failures, error) => failures < 2 && isPassing(error) } },
});
const router = createPageRouter(queries);
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={variables} colorSchemeManager={schemeManager} defaultColorScheme="auto">
      <Notifications position="bottom-right" />
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);

/** A session that ended elsewhere shows the way in, instead of an error on every card. */
function askAgainWho(error: unknown, query: { readonly queryKey: readonly unknown[] }): void {
  const refused = error instanceof ApiError && error.status === 401;
  if (refused && query.queryKey[0] !== "session") void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
}
