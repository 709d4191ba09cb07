import { randomBytes } from "node:crypto";
import { makeToken } from "#api/tokens.ts";
import { type Task, TaskProblem } from "#cli/task.ts";
import type { Role, StoredToken } from "#store/records.ts";

export interface CreateTokenArgs {
  readonly name: string;
  readonly role: Role;
  readonly publishPrefix?: string;
  readonly days?: number;
}

/** What a list shows of a token: never its hash. */
export type TokenLine = Omit<StoredToken, "sha256">;

/** Makes a token and tells its secret once. */
export const createTokenTask: Task<CreateTokenArgs, { secret: string; token: TokenLine }> = {
  name: "token-create",
  async run({ house, args }) {
    const { secret, token } = makeToken(args, house.nowMs(), randomBytes);
    await house.store.saveToken(token);
    return { secret, token: shown(token) };
  },
};

export const listTokensTask: Task<Record<string, never>, TokenLine[]> = {
  name: "token-list",
  run: async ({ house }) => (await house.store.tokens()).map(shown),
};

/** Ends a token at once. Errors: `unknown-token`. */
export const revokeTokenTask: Task<{ id: string }, TokenLine> = {
  name: "token-revoke",
  async run({ house, args }) {
    const token = (await house.store.tokens()).find((one) => one.id === args.id);
    if (token === undefined) throw new TaskProblem("unknown-token", `There is no token ${args.id}; "wattkeep token list" shows them.`);
    const revoked = { ...token, revokedMs: token.revokedMs ?? house.nowMs() };
    await house.store.saveToken(revoked);
    return shown(revoked);
  },
};

function shown({ sha256: _, ...token }: StoredToken): TokenLine {
  return token;
}
