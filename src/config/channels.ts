import { z } from "zod";
import type { Declared } from "#sites/registry.ts";
import type { Place } from "./place.ts";
import { Secret } from "./secret.ts";
import { line, secret, shown, webUrl } from "./values.ts";

interface AnyChannel {
  readonly name: string;
  readonly declared?: Declared;
}

export interface TelegramChannel extends AnyChannel {
  readonly kind: "telegram";
  readonly botToken: Secret;
  readonly chatId: string;
  /** Without a slash at its end. */
  readonly apiUrl: string;
}

export interface MailChannel extends AnyChannel {
  readonly kind: "mail";
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; else STARTTLS where the server offers it. */
  readonly secure: boolean;
  /** Nothing is sent before TLS is on: where a password goes to another computer, unless said. */
  readonly requireTls: boolean;
  readonly user?: string;
  readonly password?: Secret;
  readonly from: string;
  readonly to: readonly string[];
}

export interface NtfyChannel extends AnyChannel {
  readonly kind: "ntfy";
  /** Without a slash at its end. */
  readonly url: string;
  readonly topic: string;
  readonly token?: Secret;
}

export interface WebhookChannel extends AnyChannel {
  readonly kind: "webhook";
  /** Whole; its path is often the secret. */
  readonly url: Secret;
  /** What may be shown of it. */
  readonly host: string;
  readonly method: "POST" | "PUT" | "GET";
  readonly headers: ReadonlyMap<string, Secret>;
}

export interface MqttChannel extends AnyChannel {
  readonly kind: "mqtt";
  /** Left out: the only broker, or our own. */
  readonly broker?: string;
  readonly topic: string;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
}

/** A way by which an alert reaches people or machines. */
export type ChannelConfig = TelegramChannel | MailChannel | NtfyChannel | WebhookChannel | MqttChannel;

const DEFAULTS = { telegramUrl: "https://api.telegram.org", ntfyUrl: "https://ntfy.sh", smtpPort: 587, smtpsPort: 465 } as const;

/** Where a mail server is, with who signs in. */
interface SmtpAddress {
  readonly host: string;
  readonly port?: number;
  readonly secure: boolean;
  readonly user?: string;
  readonly password?: Secret;
}

const smtp = z.string().transform((given, context): SmtpAddress => {
  const address = smtpOf(given);
  if (address !== undefined) return address;
  context.addIssue({
    code: "custom",
    message: "expected a mail server like smtps://USER:PASSWORD@mail.example.org or smtp://192.168.1.5:25",
  });
  return z.NEVER;
});

/** Missing: undefined where the text is no mail server's address. */
function smtpOf(given: string): SmtpAddress | undefined {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || !["smtp:", "smtps:"].includes(url.protocol) || url.hostname === "") return undefined;
  try {
    const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
    return {
      host: url.hostname.replace(/^\[|\]$/g, ""),
      ...(url.port === "" ? {} : { port: Number(url.port) }),
      secure: url.protocol === "smtps:",
      ...(user === "" ? {} : { user }),
      ...(password === "" ? {} : { password: new Secret(password) }),
    };
  } catch {
    return undefined;
  }
}

const address = z
  .string()
  .max(320)
  .regex(/^([^<>\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, "expected a mail address like me@example.org");
const CHAT = "expected the number of a chat, or @channel in quotes";
const chatId = z.union([z.int(), z.string().regex(/^(-?\d{1,20}|@\w{3,64})$/, CHAT)], CHAT).transform(String);

const telegram = z.strictObject({ kind: z.literal("telegram"), botToken: secret, chatId, apiUrl: webUrl.optional() });
const mail = z
  .strictObject({
    kind: z.literal("mail"),
    smtp: smtp.optional(),
    host: line.optional(),
    port: z.int().min(1).max(65_535).optional(),
    secure: z.boolean().optional(),
    requireTls: z.boolean().optional(),
    user: line.optional(),
    password: secret.optional(),
    from: address,
    to: z.array(address).min(1).max(50),
  })
  .refine((body) => (body.smtp === undefined) !== (body.host === undefined), {
    message: "say where the mail server is, as smtp or as host",
    path: ["smtp"],
  });
const ntfy = z.strictObject({
  kind: z.literal("ntfy"),
  url: webUrl.optional(),
  topic: z.string().regex(/^[\w-]{1,64}$/, "expected letters, digits, _ and -, at most 64 of them"),
  token: secret.optional(),
});
const webhook = z.strictObject({
  kind: z.literal("webhook"),
  // A bad one is not shown: its path is often the secret.
  url: z.string().refine((given) => webUrl.safeParse(given).success, "expected an address like https://example.org/hook"),
  headers: z.record(z.string().regex(/^[!#$%&'*+.^_`|~\w-]+$/, "is not the name of a header"), secret).optional(),
  method: z.enum(["POST", "PUT", "GET"]).optional(),
});
const topic = line.refine((given) => !/[#+\0]/.test(given) && !given.startsWith("$"), {
  error: ({ input }) => `${shown(input)} is not a topic to publish to: it may hold no # or + and not begin with $`,
});
const mqtt = z.strictObject({
  kind: z.literal("mqtt"),
  broker: line.optional(),
  topic,
  qos: z.literal([0, 1, 2]).optional(),
  retain: z.boolean().optional(),
});

export const channelSchema = z.discriminatedUnion("kind", [telegram, mail, ntfy, webhook, mqtt]);
type ChannelBody = z.infer<typeof channelSchema>;

/** A channel with its defaults filled in. */
export function channelOf(name: string, body: ChannelBody, place: Place): ChannelConfig {
  const any = { name, declared: place.of(["alerts", "channels", name]) };
  switch (body.kind) {
    case "telegram":
      return { ...any, ...body, apiUrl: (body.apiUrl ?? DEFAULTS.telegramUrl).replace(/\/+$/, "") };
    case "mail":
      return { ...any, ...mailOf(body) };
    case "ntfy": {
      const { token } = body;
      const url = (body.url ?? DEFAULTS.ntfyUrl).replace(/\/+$/, "");
      return { ...any, kind: "ntfy", url, topic: body.topic, ...(token === undefined ? {} : { token }) };
    }
    case "webhook": {
      const headers = new Map(Object.entries(body.headers ?? {}));
      return { ...any, kind: "webhook", url: new Secret(body.url), host: new URL(body.url).host, method: body.method ?? "POST", headers };
    }
    case "mqtt": {
      const { broker } = body;
      const said = { kind: "mqtt", topic: body.topic, qos: body.qos ?? 1, retain: body.retain ?? false } as const;
      return { ...any, ...said, ...(broker === undefined ? {} : { broker }) };
    }
  }
}

function mailOf(body: Extract<ChannelBody, { kind: "mail" }>): Omit<MailChannel, "name"> {
  const host = body.smtp?.host ?? body.host;
  if (host === undefined) throw new Error("A mail server was accepted and has no host.");
  const port = body.port ?? body.smtp?.port;
  const secure = body.secure ?? body.smtp?.secure ?? port === DEFAULTS.smtpsPort;
  const user = body.user ?? body.smtp?.user;
  const password = body.password ?? body.smtp?.password;
  return {
    kind: "mail",
    host,
    port: port ?? (secure ? DEFAULTS.smtpsPort : DEFAULTS.smtpPort),
    secure,
    requireTls: body.requireTls ?? (!secure && password !== undefined && !isHere(host)),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    from: body.from,
    to: body.to,
  };
}

function isHere(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\./.test(host);
}
