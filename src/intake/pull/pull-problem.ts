/** Why a service could not be asked, told to a person. */
export class PullProblem extends Error {
  readonly code: string;
  /** False where trying again would bring the same: a wrong token. */
  readonly again: boolean;
  /** How long the service asked to be left alone. */
  readonly waitMs: number;

  constructor(code: string, sentence: string, { again = true, waitMs = 0 }: { again?: boolean; waitMs?: number } = {}) {
    // What a service says goes on in sentences of ours.
    super(/[.!?]$/.test(sentence) ? sentence : `${sentence}.`);
    this.name = "PullProblem";
    this.code = code;
    this.again = again;
    this.waitMs = waitMs;
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection is refused",
  ECONNRESET: "it hung up",
  ENOTFOUND: "its name is not known",
  EAI_AGAIN: "its name could not be looked up",
  EHOSTUNREACH: "there is no way to it",
  ENETUNREACH: "there is no network",
  ETIMEDOUT: "it did not answer in time",
  UND_ERR_CONNECT_TIMEOUT: "it did not answer in time",
  UND_ERR_SOCKET: "it hung up",
  CERT_HAS_EXPIRED: "its certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by itself",
};

/** An error of a connection in words; what is a PullProblem stays one. What a service or a library repeats of `secrets` is taken out. */
export function connectionProblem(who: string, error: unknown, secrets: readonly string[] = []): PullProblem {
  const problem = problemOf(who, error);
  const told = secrets.reduce((text, secret) => (secret === "" ? text : text.replaceAll(secret, "[secret]")), problem.message);
  return told === problem.message ? problem : new PullProblem(problem.code, told, problem);
}

function problemOf(who: string, error: unknown): PullProblem {
  if (error instanceof PullProblem) return error;
  const chain = [error, (error as { cause?: unknown }).cause] as ({ code?: unknown; name?: unknown; message?: unknown } | undefined)[];
  const code = chain.map((one) => one?.code).find((one) => typeof one === "string" && one in WORDS);
  if (typeof code === "string") return new PullProblem("away", `${who} does not answer: ${WORDS[code]}.`);
  if (chain.some((one) => one?.name === "TimeoutError" || one?.name === "RequestTimedOutError"))
    return new PullProblem("timed-out", `${who} did not answer in time.`);
  const why = chain.map((one) => one?.message).findLast((one) => typeof one === "string");
  return new PullProblem("away", `${who} cannot be asked: ${String(why ?? error)}`);
}
