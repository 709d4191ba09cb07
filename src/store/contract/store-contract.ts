import { afterEach, beforeEach, describe } from "vitest";
import { alerting } from "./alerting.ts";
import { appending } from "./appending.ts";
import { correcting } from "./correcting.ts";
import { deriving } from "./deriving.ts";
import { expiring } from "./expiring.ts";
import { keeping } from "./keeping.ts";
import { ledgerStaysBalanced } from "./ledger-stays-balanced.ts";
import { reading } from "./reading.ts";
import { registering } from "./registering.ts";
import { rejecting } from "./rejecting.ts";
import { remembering } from "./remembering.ts";
import { working } from "./working.ts";
import type { Home, OpenHome } from "./world.ts";

/** What every twin of the store has to do, whatever keeps its bytes. */
export function storeContract(name: string, open: OpenHome): void {
  describe(`the store contract, ${name}`, () => {
    let home: Home;
    beforeEach(async () => {
      home = await open();
    });
    afterEach(() => home.end());

    const parts = { appending, reading, deriving, correcting, expiring, registering, rejecting, remembering, keeping, working, alerting };
    for (const [what, part] of Object.entries(parts)) describe(what, () => part(() => home));
    describe("the ledger", () => ledgerStaysBalanced(open));
  });
}
