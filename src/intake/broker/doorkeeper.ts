import type { AuthErrorCode, AuthenticateError, Client } from "aedes";
import { ResumedIds } from "#intake/mqtt/resumed.ts";
import { type Grant, isLoopback, mayPublish, topicProblem } from "./access.ts";
import type { EmbeddedBrokerConfig } from "./config.ts";

/** What is known of a connection. */
export interface Guest {
  readonly address: string | undefined;
  readonly resumed: ResumedIds;
  /** Whether it asked to keep its session, so that it may send again what it sent before. */
  keepsSession: boolean;
  /** It gave no client id and will never be known again. */
  nameless: boolean;
  /** It said DISCONNECT. */
  saidGoodbye: boolean;
  gone: boolean;
  /** QoS 1 and 2 messages it sent so far, and those of them that are not stored yet. */
  promised: number;
  pending: number;
  grant: Grant | undefined;
}

export function newGuest(address: string | undefined): Guest {
  return {
    address,
    resumed: new ResumedIds(65_535),
    keepsSession: false,
    nameless: false,
    saidGoodbye: false,
    gone: false,
    promised: 0,
    pending: 0,
    grant: undefined,
  };
}

/** Why this guest may not publish there, in words; undefined when he may. */
export function publishProblem(guest: Guest, topic: string): string | undefined {
  const problem = topicProblem(topic);
  if (problem !== undefined) return problem;
  if (guest.grant === undefined) return "not let in yet";
  return mayPublish(guest.grant, topic) ? undefined : `${guest.grant.name} may publish only below ${guest.grant.prefix}`;
}

/** Lets clients in: anybody on this machine unless told otherwise, elsewhere who has credentials. */
export class Doorkeeper {
  readonly #config: EmbeddedBrokerConfig;
  /** Who holds a connected client id. */
  readonly #owners = new Map<string, { name: string; client: Client }>();

  constructor(config: EmbeddedBrokerConfig) {
    this.#config = config;
  }

  /** Errors: rejects with the CONNACK code as `returnCode` and the reason in words. */
  async admit(client: Client, guest: Guest, login: { username: string | undefined; password: string | undefined }): Promise<void> {
    const open = isLoopback(guest.address) && this.#config.requireCredentials !== true;
    const grant = open ? { name: "", prefix: undefined } : await this.#grantOf(login);
    const owner = this.#owners.get(client.id);
    if (owner !== undefined && owner.name !== grant.name) throw refusal(2, `the client id ${client.id} is in use by another device`);
    guest.grant = grant;
    this.#owners.set(client.id, { name: grant.name, client });
  }

  left(client: Client): void {
    if (this.#owners.get(client.id)?.client === client) this.#owners.delete(client.id);
  }

  async #grantOf({ username, password }: { username: string | undefined; password: string | undefined }): Promise<Grant> {
    if (username === undefined || password === undefined) throw refusal(5, "no user name and password were given");
    const found = await this.#config.authenticate?.(username, password).catch(() => {
      throw refusal(3, "the credentials could not be looked up");
    });
    if (found === undefined) throw refusal(4, `wrong user name or password (user ${username})`);
    return { name: found.name, prefix: found.publishPrefix };
  }
}

function refusal(returnCode: 2 | 3 | 4 | 5, sentence: string): AuthenticateError {
  return Object.assign(new Error(sentence), { returnCode: returnCode as AuthErrorCode });
}
