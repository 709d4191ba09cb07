/** An address parted from the password in it. */
export interface Address {
  /** As it may be shown, and stand among the arguments of a program. */
  readonly shown: string;
  readonly user?: string;
  readonly password?: string;
}

const WITH_LOGIN = /^([a-z][a-z0-9+.-]*:\/\/)([^/@:]*)(?::([^/@]*))?@(.*)$/i;

/**
 * Parts `scheme://user:password@host/path`. Of an address of the web the user goes as well: a token may stand there. Everything
 * else, `git@host:path` too, has no password and stays as it is.
 */
export function parseAddress(written: string): Address {
  const [, scheme, user = "", password, rest] = WITH_LOGIN.exec(written) ?? [];
  if (scheme === undefined) return { shown: written };
  const web = /^https?:/i.test(scheme);
  const shown = web || user === "" ? `${scheme}${rest}` : `${scheme}${user}@${rest}`;
  return { shown, user: decoded(user), ...(password === undefined ? {} : { password: decoded(password) }) };
}

/**
 * Who and where in `user@host:path`, as ssh says it in its own words. Missing: empty for every other way of writing a place.
 */
export function sshPartsOf(shown: string): string[] {
  const [, login, host] = /^((?:[^@/:]+@)?([^@/:]+)):(?!\/\/)/.exec(shown) ?? [];
  return login === undefined || host === undefined ? [] : [...new Set([login, host])];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
