import "./sign-in.css";
import { Button, PasswordInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { SessionAnswer } from "#contract/access.ts";
import { ApiError, sendJson } from "#web/client/fetch.ts";
import { BrandMark } from "#web/parts/icon.tsx";
import { usePairing } from "./use-pairing.ts";

/** The way in for who has a token; the browser then holds a cookie no script can read. */
export function SignInPage({ device, pairingCode }: { device: boolean; pairingCode: string | undefined }) {
  const queries = useQueryClient();
  const pairing = usePairing(pairingCode);
  const [token, setToken] = useState("");
  const entering = useMutation({
    mutationFn: () => sendJson<SessionAnswer>("POST", "/session", { token: token.trim() }),
    onSuccess: () => queries.resetQueries(),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    entering.mutate();
  };
  return (
    <main className="sign-in">
      <form className="card sign-in-card" onSubmit={submit}>
        <div className="sign-in-brand">
          <BrandMark /> Wattkeep
        </div>
        <h1>Sign in with an access token</h1>
        {pairing.isPending && <p role="status">Signing in by the pairing link …</p>}
        {pairing.error && (
          <p className="warn">
            ! <SignInProblem error={pairing.error} />
          </p>
        )}
        {device && <p className="warn">! This browser holds a device's token, which may send readings but not see them.</p>}
        <PasswordInput
          label="Token"
          size="sm"
          autoFocus
          autoComplete="current-password"
          value={token}
          onChange={(event) => setToken(event.currentTarget.value)}
          error={entering.error && <SignInProblem error={entering.error} />}
        />
        <Button type="submit" disabled={token.trim().length < 8} loading={entering.isPending}>
          Sign in
        </Button>
        <p className="faint">
          No token yet? On the machine that runs Wattkeep, <code>wattkeep token create --role viewer</code> makes one and prints it once.
        </p>
      </form>
    </main>
  );
}

function SignInProblem({ error }: { error: Error }) {
  return (
    <span role="alert">
      {error.message} {error instanceof ApiError && <code>{error.code}</code>}
    </span>
  );
}
