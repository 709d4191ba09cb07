import { createTransport } from "nodemailer";
import { type Channel, ChannelProblem, type Message, oneLine } from "./channel.ts";
import { CONNECT_MS, problemOf } from "./http.ts";
import { bodyOf, titleOf } from "./message-text.ts";

export interface MailSettings {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; else STARTTLS where the server offers it. */
  readonly secure: boolean;
  /** Nothing is sent before TLS is on. */
  readonly requireTls: boolean;
  readonly user?: string;
  readonly password?: string;
  readonly from: string;
  readonly to: readonly string[];
}

const QUIET_MS = 20_000;

/** Mail by SMTP. */
export function mailChannel(settings: MailSettings): Channel {
  const { name, host, port, secure, requireTls, user, password, from, to } = settings;
  const transport = createTransport({
    host,
    port,
    secure,
    requireTLS: requireTls,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? "" } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: QUIET_MS,
    // A message is text: nothing in it may be taken for a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const server = `${host}:${port}`;
  return {
    name,
    kind: "mail",
    gathers: true,
    target: to.join(", "),
    secrets: password === undefined ? [] : [password],
    check: (signal) => within(transport.verify(), { signal, server }).then(() => undefined),
    async send(message, { id, signal }) {
      const mail = { from, to: [...to], ...contentOf(message), messageId: messageId(id, from) };
      const { rejected, rejectedErrors } = await within(transport.sendMail(mail), { signal, server });
      if (rejected.length > 0) throw partlyRefused(server, rejected.length, rejectedErrors?.[0]);
    },
    close: async () => transport.close(),
  };
}

function contentOf(message: Message) {
  const priority = message.severity === "critical" && message.what !== "cleared" ? ("high" as const) : ("normal" as const);
  return {
    subject: `Wattkeep: ${titleOf(message)}`,
    text: `${message.title === "" ? "" : `${oneLine(message.title)}\n\n`}${bodyOf(message)}\n`,
    priority,
    // Holiday answers to a machine help nobody.
    headers: { "Auto-Submitted": "auto-generated" },
  };
}

/** The same in every attempt, so that a mailbox may keep one of two. */
function messageId(id: string, from: string): string {
  const domain = /@([^\s<>@]+)>?$/.exec(from)?.[1] ?? "wattkeep.invalid";
  return `<${id}@${domain}>`;
}

/** The library knows no signal: what takes too long is left to its own time-outs, and nobody waits for it. */
async function within<T>(work: Promise<T>, { signal, server }: { signal: AbortSignal; server: string }): Promise<T> {
  work.catch(() => undefined);
  const late = new Promise<never>((_, reject) => {
    const tell = (): void => reject(new ChannelProblem("away", `${server}: it did not answer in time.`));
    if (signal.aborted) tell();
    else signal.addEventListener("abort", tell, { once: true });
  });
  return Promise.race([work, late]).catch((error: unknown) => {
    throw smtpProblem(error, server);
  });
}

/** The others have it, so it is not sent again; that somebody has not is told beside it. */
function partlyRefused(server: string, count: number, first: Error | undefined): ChannelProblem {
  const said = oneLine((first as { response?: string } | undefined)?.response ?? "it did not say why").slice(0, 200);
  const whom = count === 1 ? "an address" : `${count} addresses`;
  return new ChannelProblem("message", `${server} took the mail for the others and refused ${whom}: ${said}.`);
}

/** 5xx after signing in is about the message or an address; 4xx may work later. */
function smtpProblem(error: unknown, server: string): ChannelProblem {
  if (error instanceof ChannelProblem) return error;
  const {
    code,
    responseCode,
    response,
    message = "",
  } = error as { code?: string; responseCode?: number; response?: string; message?: string };
  const said = oneLine(response ?? message).slice(0, 200);
  if (code === "EAUTH") return new ChannelProblem("person", `${server} does not let us in: look at user and password (${said}).`);
  if (code === "ETLS" || /starttls/i.test(message))
    return new ChannelProblem(
      "person",
      `${server} offers no TLS, and without it no password is sent. Set secure: true, or requireTls: false.`,
    );
  if (/wrong version number/i.test(message))
    return new ChannelProblem("person", `${server} does not speak TLS from the first byte: set secure: false for STARTTLS.`);
  if (code === "EENVELOPE" && (responseCode ?? 0) >= 500) return new ChannelProblem("person", `${server} refused an address: ${said}.`);
  if (code === "EMESSAGE" && (responseCode ?? 0) >= 500) return new ChannelProblem("message", `${server} did not take the mail: ${said}.`);
  if (responseCode !== undefined) return new ChannelProblem("away", `${server} answered: ${said}.`);
  if (code === "ETIMEDOUT" || /timeout/i.test(message)) return new ChannelProblem("away", `${server}: it did not answer in time.`);
  return problemOf({ code: (error as { errno?: unknown; syscall?: string }).syscall === undefined ? code : codeIn(message, code) }, server);
}

/** The library calls every connection that fails ESOCKET; the system's word for it is in the message. */
function codeIn(message: string, code: string | undefined): string | undefined {
  return /\b(E[A-Z_]{4,})\b/.exec(message)?.[1] ?? code;
}
