import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { NewTokenAnswer, TokenInfo } from "#contract/access.ts";
import { useNow } from "#web/client/live.tsx";
import { tokensQuery } from "#web/client/queries.ts";
import { useMay } from "#web/client/role.ts";
import { Card } from "#web/parts/card.tsx";
import { ErrorState, Skeleton } from "#web/parts/states.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import { NewToken } from "./new-token.tsx";
import { SecretOnce } from "./secret-once.tsx";
import { useRevoke } from "./use-revoke.ts";

/** Who may come in: tokens for people, scripts and devices. Secrets are shown once and kept as a hash. */
export function Tokens() {
  const admin = useMay("admin");
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<NewTokenAnswer>();
  const tokens = useQuery({ ...tokensQuery, enabled: admin });
  if (!admin)
    return (
      <Card title="Access tokens">
        <p className="muted">Only an admin sees and makes tokens.</p>
      </Card>
    );
  const done = (answer: NewTokenAnswer) => {
    setMade(answer);
    setMaking(false);
  };
  return (
    <Card
      title="Access tokens"
      note={
        !making && (
          <Button variant="default" size="xs" onClick={() => setMaking(true)}>
            New token
          </Button>
        )
      }
    >
      {making && <NewToken onMade={done} onCancel={() => setMaking(false)} />}
      {made && <SecretOnce token={made} onClose={() => setMade(undefined)} />}
      {tokens.error && !tokens.data && <ErrorState error={tokens.error} retry={() => void tokens.refetch()} />}
      {tokens.isPending && <Skeleton height={96} />}
      {tokens.data?.length === 0 && (
        <p className="muted">No token yet: only this machine can come in. Make one before you open Wattkeep to the network.</p>
      )}
      {tokens.data && tokens.data.length > 0 && <TokenTable tokens={tokens.data} />}
    </Card>
  );
}

function TokenTable({ tokens }: { tokens: readonly TokenInfo[] }) {
  const revoke = useRevoke();
  return (
    <TableScroll>
      <table className="stack">
        <thead>
          <tr>
            <th>Name</th>
            <th>Role</th>
            <th className="n">Made</th>
            <th>Holds</th>
            <th className="n">
              <span className="read-aloud">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tokens
            .filter((token) => !revoke.hidden.has(token.id))
            .map((token) => (
              <TokenRow key={token.id} token={token} onRevoke={() => revoke.start(token)} />
            ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

function TokenRow({ token, onRevoke }: { token: TokenInfo; onRevoke: () => void }) {
  const nowMs = useNow(60_000);
  const over = token.revokedMs !== undefined || (token.expiresMs !== undefined && token.expiresMs < nowMs);
  return (
    <tr className={over ? "off" : undefined}>
      <td>
        {token.name}
        {token.publishPrefix !== undefined && (
          <div className="faint">
            publishes below <code>{token.publishPrefix}</code>
          </div>
        )}
      </td>
      <td>{token.role}</td>
      <td className="n" data-label="made">
        {day(token.createdMs)}
      </td>
      <td>
        {token.revokedMs !== undefined
          ? `revoked ${day(token.revokedMs)}`
          : token.expiresMs === undefined
            ? "until revoked"
            : `until ${day(token.expiresMs)}`}
      </td>
      <td className="n">
        {!over && (
          <button type="button" className="link" onClick={onRevoke} aria-label={`Revoke ${token.name}`}>
            Revoke
          </button>
        )}
      </td>
    </tr>
  );
}

function day(ms: number): string {
  return new Date(ms).toLocaleDateString(undefined, { day: "numeric", month: "short", year: "numeric" });
}
