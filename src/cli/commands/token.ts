import type { Command } from "commander";
import { Exit } from "#cli/exit.ts";
import { withConfig, withJson } from "#cli/settings.ts";
import { runOnStore } from "#cli/store-command.ts";
import type { TokenLine } from "#cli/tasks/tokens.ts";
import { ROLES } from "#store/records.ts";

/** `wattkeep token create|list|revoke`: who may read, change and publish. */
export function tokenCommand(program: Command): void {
  const token = program.command("token").description("create, list and revoke access tokens and device credentials");
  withJson(withConfig(token.command("create")))
    .argument("<name>", "who or what it is for")
    .description("make a token; its secret is shown once")
    .option("--role <role>", `one of ${ROLES.join(", ")}`, "viewer")
    .option("--device", "credentials for a device at the embedded broker (role ingest)")
    .option("--publish <prefix>", "with --device: the topics below which it may publish; left out: its name")
    .option("--days <n>", "days until it expires; left out: never", Number)
    .action(async (name: string, { role, device, publish, days, ...options }) => {
      if (!device && !ROLES.includes(role)) throw new Exit(2, `--role ${role} is not a role; use one of ${ROLES.join(", ")}.`);
      if (publish !== undefined && !device) throw new Exit(2, "--publish goes with --device.");
      if (days !== undefined && !(Number.isInteger(days) && days > 0)) throw new Exit(2, "--days takes a whole number above 0.");
      const args = { name, role: device ? "ingest" : role, days, ...(device ? { publishPrefix: publish ?? name } : {}) };
      await runOnStore<{ secret: string; token: TokenLine }>(options, { name: "token-create", args }, tellCreated);
    });
  withJson(withConfig(token.command("list")))
    .description("show tokens, without their secrets")
    .action(async (options) => {
      await runOnStore<TokenLine[]>(options, { name: "token-list", args: {} }, tellList);
    });
  withJson(withConfig(token.command("revoke")))
    .argument("<id>", "as the list shows it")
    .description("end a token at once")
    .action(async (id: string, options) => {
      await runOnStore<TokenLine>(options, { name: "token-revoke", args: { id } }, (gone) => console.log(`${gone.name} is revoked.`));
    });
}

function tellCreated({ secret, token }: { secret: string; token: TokenLine }): void {
  if (token.role === "ingest") {
    console.log(
      `Device credentials: username ${token.name}, password ${secret}\nIt may publish below ${token.publishPrefix}/. The password is not shown again.`,
    );
  } else {
    console.log(
      `${secret}\nRole ${token.role}. Paste it into the sign-in page, or send it as "Authorization: Bearer …". It is not shown again.`,
    );
  }
}

function tellList(tokens: TokenLine[]): void {
  if (tokens.length === 0) console.log("There is no token.");
  for (const token of tokens) {
    const end =
      token.revokedMs !== undefined
        ? "revoked"
        : token.expiresMs !== undefined
          ? `until ${new Date(token.expiresMs).toISOString().slice(0, 10)}`
          : "no end";
    console.log(
      `${token.id}  ${token.role.padEnd(8)}  ${end.padEnd(16)}  ${token.name}${token.publishPrefix === undefined ? "" : `  publishes below ${token.publishPrefix}/`}`,
    );
  }
}
