import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { SessionAnswer } from "#contract/access.ts";
import { sendJson } from "#web/client/fetch.ts";
import { Card } from "#web/parts/card.tsx";

const VIA = {
  loopback: "On this very machine, where no sign-in is asked",
  anonymous: "From a network the configuration opens",
  cookie: "signed in with a token in this browser",
  token: "with a token",
} as const;

/** Who this browser is to the server, and the way out. */
export function SessionCard({ session }: { session: SessionAnswer }) {
  const queries = useQueryClient();
  const leaving = useMutation({
    mutationFn: () => sendJson<SessionAnswer>("DELETE", "/session"),
    onSuccess: () => queries.resetQueries(),
  });
  return (
    <Card title="You" note={session.role ?? undefined}>
      <p className="muted">
        {session.name && (session.via === "cookie" || session.via === "token") ? `${session.name}, ` : ""}
        {session.via ? VIA[session.via] : ""}.
      </p>
      {session.via === "cookie" && (
        <Button className="after-text" variant="default" size="xs" loading={leaving.isPending} onClick={() => leaving.mutate()}>
          Sign out
        </Button>
      )}
    </Card>
  );
}
