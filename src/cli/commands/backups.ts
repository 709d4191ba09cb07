import type { Command } from "commander";
import { offsetText } from "#calendar/local-text.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { keptCopies } from "#cli/kept-copies.ts";
import { readSettings, withConfig, withJson } from "#cli/settings.ts";
import { keepers } from "#outlets/backup/keepers.ts";

/** `wattkeep backups`: which copies there are, without a store or a server. */
export function backupsCommand(program: Command): void {
  withJson(withConfig(program.command("backups")))
    .argument("[folder]", "a folder with copies: of a second place, say; left out: the one they are kept in")
    .description("list the copies of the store that can be restored")
    .action(async (folder: string | undefined, options) => {
      const { config } = readSettings(options);
      const found = await keptCopies(config, folder);
      const zone = zoneNamed(config.sites[0]?.zone ?? "UTC");
      const kept = keepers(
        found.copies.filter(({ verified }) => verified).map(({ madeMs }) => madeMs),
        config.backups.keep,
        zone,
      );
      const backups = found.copies.map(({ file, madeMs, bytes, samples, verified }) => {
        return { file, madeMs, bytes, samples, verified, keptAs: verified ? (kept.get(madeMs) ?? []) : [] };
      });
      if (options.json) {
        console.log(JSON.stringify({ folder: found.folder, backups }));
        return;
      }
      for (const { file, madeMs, bytes, samples, verified, keptAs } of backups) {
        const size = `${(bytes / 1e6).toFixed(1)} MB`.padStart(11);
        const state = verified ? keptAs.join(", ") : "DAMAGED in part";
        console.log(`${file}  ${offsetText(madeMs, zone)} ${size}  ${samples.toLocaleString("en").padStart(13)} samples  ${state}`);
      }
      if (backups.length === 0) console.log(`There is no backup in ${found.folder}.`);
      else console.log(`\nIn ${found.folder}. "wattkeep restore latest" brings the newest back; name a file for another.`);
    });
}
