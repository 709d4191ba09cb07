import type { Progress } from "#store/store.ts";

const WIDTH = 28;
const LINE_EVERY_MS = 2000;

/** Shows long work on a terminal as one bar that redraws, elsewhere as a line every two seconds. */
export function terminalProgress(stream: NodeJS.WriteStream, nowMs: () => number): { report: Progress; end(): void } {
  let shownMs = 0;
  let drawn = false;
  return {
    report(done, total, what) {
      const due = nowMs() - shownMs >= (stream.isTTY ? 100 : LINE_EVERY_MS);
      if (due) {
        shownMs = nowMs();
        const share = total > 0 ? Math.min(1, done / total) : 0;
        const text = `${Math.round(share * 100)} %  ${what}`;
        if (stream.isTTY) {
          drawn = true;
          stream.write(
            `\r\u001b[K${"█".repeat(Math.round(share * WIDTH)).padEnd(WIDTH, "░")} ${text.slice(0, (stream.columns ?? 80) - WIDTH - 2)}`,
          );
        } else {
          stream.write(`${text}\n`);
        }
      }
      return true;
    },
    end() {
      if (drawn) stream.write("\r\u001b[K");
    },
  };
}
