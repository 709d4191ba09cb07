import { Button, NativeSelect } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { encode } from "uqr";
import type { PairingAnswer, RoleName } from "#contract/access.ts";
import { sendJson } from "#web/client/fetch.ts";
import { useMay } from "#web/client/role.ts";
import { Card } from "#web/parts/card.tsx";
import { CopyButton } from "#web/parts/copy-button.tsx";

const ROLES: readonly { value: Exclude<RoleName, "ingest">; label: string }[] = [
  { value: "viewer", label: "sees everything" },
  { value: "operator", label: "also acknowledges and decides" },
  { value: "billing", label: "also changes prices" },
  { value: "admin", label: "may do everything" },
];
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** A link that signs a phone or a wall tablet in, as a picture its camera reads. */
export function PairingCard() {
  const admin = useMay("admin");
  const [role, setRole] = useState<RoleName>("viewer");
  const making = useMutation({ mutationFn: () => sendJson<PairingAnswer>("POST", "/pairings", { role }) });
  if (!admin) return null;
  if (LOOPBACK.has(window.location.hostname))
    return (
      <Card title="Pair a phone or tablet">
        <p className="muted">
          This page was opened on the computer itself, where a phone cannot follow. Open it by the computer's address in your network, or
          type <code>wattkeep pair</code> in a terminal.
        </p>
      </Card>
    );
  return (
    <Card title="Pair a phone or tablet">
      {making.data ? (
        <PairingLink pairing={making.data} onDone={() => making.reset()} />
      ) : (
        <div className="pairing-form">
          <NativeSelect
            label="It"
            size="xs"
            data={[...ROLES]}
            value={role}
            onChange={(event) => setRole(event.currentTarget.value as RoleName)}
          />
          <Button size="xs" loading={making.isPending} onClick={() => making.mutate()}>
            Show a code
          </Button>
        </div>
      )}
      {making.error && (
        <p className="bad" role="alert">
          ✕ {making.error.message}
        </p>
      )}
    </Card>
  );
}

function PairingLink({ pairing, onDone }: { pairing: PairingAnswer; onDone: () => void }) {
  const link = new URL(pairing.path, document.baseURI).href;
  const until = new Date(pairing.expiresMs).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
  return (
    <div className="pairing" role="status">
      <QrCode text={link} />
      <p>
        Scan it with the camera. It signs one browser in, once, until <strong>{until}</strong>. By hand: <code>{pairing.code}</code>
      </p>
      <div className="new-token-actions">
        <CopyButton text={link} label="Copy the link" />
        <Button variant="default" size="xs" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}

/** Dark modules as one path on white, in either theme: cameras want that contrast. */
function QrCode({ text }: { text: string }) {
  const { size, path } = useMemo(() => {
    const { data, size: modules } = encode(text, { ecc: "M", border: 3 });
    const dark = data.flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : "")));
    return { size: modules, path: dark.join("") };
  }, [text]);
  return (
    <svg
      className="qr-code"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label="QR code of the pairing link"
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
