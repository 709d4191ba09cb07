import { Button } from "@mantine/core";
import type { NewTokenAnswer } from "#contract/access.ts";
import { CopyButton } from "#web/parts/copy-button.tsx";

/** The secret of a new token: on the screen now, and never again. */
export function SecretOnce({ token, onClose }: { token: NewTokenAnswer; onClose: () => void }) {
  return (
    <div className="secret" role="status">
      <p>
        <strong>{token.name}</strong> can come in with this. It is shown this once; Wattkeep keeps only a hash of it.
      </p>
      <pre className="command">{token.secret}</pre>
      <div className="new-token-actions">
        <CopyButton text={token.secret} label="Copy the token" />
        <Button variant="default" size="xs" onClick={onClose}>
          I have it
        </Button>
      </div>
    </div>
  );
}
