import { BlockList, isIP } from "node:net";

/** `::ffff:127.0.0.1` is 127.0.0.1; a zone (`fe80::1%eth0`) is left out. */
function plainAddress(address: string): string {
  const bare = (address.split("%", 1)[0] as string).toLowerCase();
  return bare.startsWith("::ffff:") && isIP(bare.slice(7)) === 4 ? bare.slice(7) : bare;
}

/** Whether an address is this machine itself. */
export function isLoopback(address: string): boolean {
  const plain = plainAddress(address);
  return plain === "::1" || (isIP(plain) === 4 && plain.startsWith("127."));
}

/**
 * A test for one CIDR range, `192.168.1.0/24` or a single address.
 * Errors:  throws for a text that is no range: the configuration names it.
 */
export function inRange(cidr: string): (address: string) => boolean {
  const [net = "", bits, ...more] = cidr.split("/");
  const family = isIP(net);
  const longest = family === 4 ? 32 : 128;
  const prefix = bits === undefined ? longest : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  if (family === 0 || more.length > 0 || !(prefix <= longest)) throw new Error(`${cidr} is not a network range such as 192.168.1.0/24`);
  const list = new BlockList();
  list.addSubnet(net, prefix, family === 4 ? "ipv4" : "ipv6");
  return (address) => {
    const plain = plainAddress(address);
    const kind = isIP(plain);
    return kind === family && list.check(plain, kind === 4 ? "ipv4" : "ipv6");
  };
}
