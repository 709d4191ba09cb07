import { networkInterfaces } from "node:os";
import { type Command, InvalidArgumentError } from "commander";
import { renderUnicodeCompact } from "uqr";
import { pairingPath } from "#api/pairing.ts";
import { countArgument } from "#cli/count-argument.ts";
import { Exit } from "#cli/exit.ts";
import { addressesOf } from "#cli/reached-at.ts";
import { readerLines } from "#cli/reader-lines.ts";
import { readSettings, withConfig, withJson } from "#cli/settings.ts";
import { runOnStore } from "#cli/store-command.ts";
import type { PairAnswer, PairArgs } from "#cli/tasks/pair.ts";

const ROLES = ["viewer", "operator", "billing", "admin"] as const;

/** `wattkeep pair`: an address and a code that a camera reads; with `--reader`, what to type into a meter's reader head. */
export function pairCommand(program: Command): void {
  withJson(withConfig(program.command("pair")))
    .description("print a link and a QR code that sign one browser in, once")
    .option("--role <role>", `what it may do: ${ROLES.join(", ")}`, "viewer")
    .option("--minutes <n>", "how long the link counts", countArgument, 15)
    .option("--url <url>", "address people reach this server at; left out, found from the configuration and the network", urlArgument)
    .option("--reader <name>", "also make a login for a Tasmota reader head, and print the lines for its console")
    .action(async (given) => {
      const { role, minutes, url, reader, ...options } = given;
      if (!ROLES.includes(role)) throw new Exit(2, `--role ${role} is not a role for a browser; use one of ${ROLES.join(", ")}.`);
      if (reader !== undefined && !/^[a-z0-9]+([_-][a-z0-9]+)*$/i.test(reader))
        throw new Exit(2, "--reader takes a name of letters, digits, - and _: it becomes an MQTT topic.");
      const { config } = readSettings(options);
      const args: PairArgs = { role, minutes, ...(reader === undefined ? {} : { reader }) };
      const reached = url === undefined ? addressesOf(config, networkInterfaces()) : { urls: [url], host: new URL(url).hostname };
      await runOnStore<PairAnswer>(options, { name: "pair", args }, (answer) => {
        console.log(pairingText(answer, { urls: reached.urls, minutes }));
        if (answer.reader !== undefined)
          console.log(readerLines({ ...answer.reader, host: reached.host, port: config.broker.listen.port }).join("\n"));
      });
    });
}

function pairingText({ code }: PairAnswer, { urls, minutes }: { urls: readonly string[]; minutes: number }): string {
  const [first = "", ...others] = urls.map((url) => `${url.replace(/\/$/, "")}/${pairingPath(code)}`);
  return [
    renderUnicodeCompact(first, { border: 2 }),
    "",
    `  ${first}`,
    ...others.map((other) => `  or ${other}`),
    "",
    `Scan it with a phone or tablet. It signs one browser in, once, within ${minutes} minutes.`,
  ].join("\n");
}

function urlArgument(given: string): string {
  if (!/^https?:\/\//.test(given) || !URL.canParse(given)) throw new InvalidArgumentError("write an address like http://192.168.1.20:8080");
  return given;
}
