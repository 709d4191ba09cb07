import type { ErrorAnswer } from "#contract/health.ts";

/** A stable code, its HTTP status, and a sentence that says what to do; `{word}` is filled in. */
interface ErrorKind {
  readonly status: number;
  readonly sentence: string;
  readonly retryAfterS?: number;
}

/** Every error the API can answer. Codes are API: added, never renamed. Each has a row in docs/guides/errors.md. */
export const ERRORS = {
  "bad-request": { status: 400, sentence: "The request cannot be read; the details say which part and what is expected." },
  "bad-range": { status: 400, sentence: "The range ends before it begins: give `from` before `to`." },
  "sign-in-needed": { status: 401, sentence: "Sign in first, or send a token in the Authorization header: `Bearer wk_…`." },
  "token-unknown": {
    status: 401,
    sentence: "This token is unknown, expired or revoked. Make a new one with `wattkeep token create`, or ask an administrator.",
  },
  "pairing-unknown": {
    status: 401,
    sentence: "This pairing link was used already or is too old. Make a new one on the Settings page or with `wattkeep pair`.",
  },
  forbidden: { status: 403, sentence: "The role {role} may not do this; it needs {needed}." },
  "host-not-allowed": {
    status: 403,
    sentence: "This server does not answer to the name {host}. If it should, add the name to `publicHosts` in the configuration.",
  },
  "origin-not-allowed": {
    status: 403,
    sentence: "Pages of {origin} may not talk to this server. If they should, add the origin to `allowedOrigins` in the configuration.",
  },
  "cross-site": { status: 403, sentence: "A page of another site asked for this. Open Wattkeep itself and try there." },
  "not-found": { status: 404, sentence: "There is nothing at this address. /api/docs lists every address of the API." },
  "unknown-site": { status: 404, sentence: "There is no site {site}. GET /api/v1/sites lists them." },
  "unknown-point": { status: 404, sentence: "There is no point {point}. GET /api/v1/points lists them." },
  "unknown-series": { status: 404, sentence: "There is no series {series}. GET /api/v1/series lists them." },
  "unknown-plant": { status: 404, sentence: "There is no plant {plant}. GET /api/v1/plants lists them." },
  "unknown-home": { status: 404, sentence: "There is no home {home}. GET /api/v1/homes lists them." },
  "unknown-meter": { status: 404, sentence: "There is no meter {meter}. GET /api/v1/meters lists them." },
  "unknown-building": { status: 404, sentence: "There is no building at the site {site}. GET /api/v1/buildings lists them." },
  "unknown-equipment": {
    status: 404,
    sentence: "There is no equipment {equipment} in this building. GET /api/v1/buildings/{site}/equipment lists it.",
  },
  "not-available": { status: 404, sentence: "{what} cannot be told: {why}." },
  "unknown-event": {
    status: 404,
    sentence: "There is no event {event} of this register. GET /api/v1/homes/{id}/events and GET /api/v1/meters/{id} list them.",
  },
  "unknown-anomaly": { status: 404, sentence: "There is no anomaly {anomaly} of this meter. GET /api/v1/anomalies lists them." },
  "unknown-correction": { status: 404, sentence: "There is no correction {id}. GET /api/v1/corrections lists them." },
  "unknown-photo": { status: 404, sentence: "There is no photo {id}. PUT it to this address, as a JPEG, PNG, WebP or HEIC picture." },
  "unknown-period": {
    status: 404,
    sentence:
      "There is no bill of a period that begins on {period}. GET /api/v1/plants/{id}/bills lists them; without a tariff there are none.",
  },
  "unknown-interval": { status: 404, sentence: "No interval ends at {end}. GET /api/v1/plants/{id}/intervals lists them." },
  "unknown-run": {
    status: 404,
    sentence: "There is no run {run} of this job. GET /api/v1/jobs lists the newest; older ones are no longer kept.",
  },
  "unknown-job": { status: 404, sentence: "There is no job {job}. GET /api/v1/jobs lists them." },
  "unknown-alert": { status: 404, sentence: "There is no alert {id}. GET /api/v1/alerts lists them." },
  "unknown-rule": { status: 404, sentence: "There is no rule {rule}. GET /api/v1/alerts/rules lists them." },
  "unknown-channel": {
    status: 404,
    sentence: "There is no channel {channel}. Channels are written under `alerts.channels` in the configuration.",
  },
  "unknown-edit": { status: 404, sentence: "There is no edit {id}. GET /api/v1/edits lists them." },
  "unknown-token": { status: 404, sentence: "There is no token with this id. GET /api/v1/tokens lists them." },
  "declared-in-file": { status: 409, sentence: "{what} is written in {file}, line {line}: change it there." },
  "pinned-in-file": {
    status: 409,
    sentence: "The configuration says what holds from {date}: change it there, below `{section}`, or choose another date.",
  },
  "decided-in-file": {
    status: 409,
    sentence: "The configuration says {what}: change it there, below `buildings.{site}.{section}`.",
  },
  "built-in-rule": { status: 409, sentence: "The rule {rule} is built in: it can be muted, not changed. Make another one beside it." },
  "no-register": {
    status: 409,
    sentence: "{meter} is made of other meters and has no register of its own: name one of its parts, {parts}.",
  },
  "meter-broken": { status: 409, sentence: "Nothing can be derived of {meter} as it is defined; the details say why." },
  "photo-taken": { status: 409, sentence: "Another picture is kept as {id} already: send this one under an id of its own." },
  "no-tariff": { status: 409, sentence: "No tariff is set for {plant}. Add it under `tariffs` in the configuration." },
  "body-too-large": { status: 413, sentence: "The body is larger than 1 MiB. Send it in smaller parts." },
  "url-too-long": { status: 414, sentence: "The address is longer than 32,768 characters. Ask for fewer series at a time." },
  "upload-too-large": {
    status: 413,
    sentence: "The file is larger than {limit}. Send it in parts: what is known already is found again and not taken twice.",
  },
  "unsupported-media": {
    status: 415,
    sentence: "Send the body as JSON with `Content-Type: application/json`, unless the details name another type.",
  },
  "meter-unusable": { status: 422, sentence: "The meter cannot be kept like this; the details say why." },
  "reading-unusable": { status: 422, sentence: "The reading cannot be kept; the details say why." },
  "decision-unusable": { status: 422, sentence: "Nothing can be decided like this; the details say why." },
  "correction-unusable": { status: 422, sentence: "Nothing can be corrected like this; the details say why." },
  "photo-unusable": { status: 422, sentence: "This is no picture that can be kept: send a JPEG, PNG, WebP or HEIC file of at most 5 MiB." },
  "file-unusable": { status: 422, sentence: "Nothing of the file can be taken; the details say why." },
  "range-too-long": { status: 422, sentence: "That range is longer than {limit}. Ask for a shorter one." },
  "too-many-points": {
    status: 422,
    sentence: "That would be more than {limit} rows. Ask for a shorter range, fewer series, fewer points, or leave out `raw`.",
  },
  "too-many-series": { status: 422, sentence: "At most {limit} series fit in one request. Ask in several." },
  "upgrade-needed": { status: 426, sentence: "This address is a WebSocket: connect with ws:// or wss://." },
  "headers-too-large": { status: 431, sentence: "The headers of the request are too large. Ask for fewer series at a time." },
  "too-many-requests": { status: 429, sentence: "Too many requests from this address. Wait a minute and try again.", retryAfterS: 60 },
  internal: { status: 500, sentence: "Something in Wattkeep went wrong. It was logged with the id {id}." },
  "too-many-readers": {
    status: 503,
    sentence: "All {limit} live connections are taken. Close a page or try again later.",
    retryAfterS: 30,
  },
  "too-many-exports": {
    status: 503,
    sentence: "{limit} exports are being written already. Try again when one of them is done.",
    retryAfterS: 10,
  },
  importing: { status: 503, sentence: "Another file is being taken at this moment. Try again when that is done.", retryAfterS: 10 },
  "took-too-long": { status: 503, sentence: "The answer took too long. Ask for a shorter range or fewer series.", retryAfterS: 5 },
  "disk-full": {
    status: 507,
    sentence: "The disk of the data folder is full. Make room; nothing that was acknowledged is lost.",
    retryAfterS: 60,
  },
  "not-writable": {
    status: 503,
    sentence: "The data folder cannot be written. Check its owner and rights, then try again.",
    retryAfterS: 60,
  },
  locked: { status: 503, sentence: "Another program holds the data folder. Stop it, then try again.", retryAfterS: 10 },
  damaged: {
    status: 503,
    sentence: "A part of the history is damaged. `wattkeep verify` names the meters and days; `wattkeep restore` brings a backup back.",
  },
  "newer-format": { status: 503, sentence: "The data folder was written by a newer Wattkeep. Install that version or a newer one." },
  "no-space-to-migrate": {
    status: 507,
    sentence: "There is not enough room on the disk to bring the data folder to this version. Make room.",
  },
  closed: { status: 503, sentence: "The server is shutting down. Try again in a moment.", retryAfterS: 5 },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERRORS;

/** An error of the API's own: something a person asked wrongly or may not ask. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly values: Readonly<Record<string, string | number>>;
  readonly details: readonly string[] | undefined;

  constructor(code: ErrorCode, values: Readonly<Record<string, string | number>> = {}, details?: readonly string[]) {
    super(code);
    this.name = "ApiError";
    this.code = code;
    this.values = values;
    this.details = details;
  }
}

/** What is sent for an error. */
export interface Failure {
  readonly status: number;
  readonly body: ErrorAnswer;
  readonly retryAfterS?: number;
}

/** The answer for a code, its sentence filled in. */
export function failure(code: ErrorCode, values: Readonly<Record<string, string | number>> = {}, details?: readonly string[]): Failure {
  const kind: ErrorKind = ERRORS[code];
  const sentence = kind.sentence.replace(/\{(\w+)\}/g, (whole, word: string) =>
    Object.hasOwn(values, word) ? String(values[word]) : whole,
  );
  return {
    status: kind.status,
    body: { error: { code, sentence, ...(details && details.length > 0 ? { details: [...details] } : {}) } },
    ...(kind.retryAfterS === undefined ? {} : { retryAfterS: kind.retryAfterS }),
  };
}

/** Whether a text is one of the codes. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}
