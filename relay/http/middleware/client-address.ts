import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/, '').replace(/^\[|\]$/g, '');

/** The trusted proxies as one list; entries are addresses or CIDR blocks, already checked by the settings. */
function blockList(trusted: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const entry of trusted) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** Whether a request came by https: by its own socket, or as a trusted proxy says. */
export function cameSecurely(trusted: readonly string[]): (request: IncomingMessage) => boolean {
  const isTrusted = blockList(trusted);
  return (request) => {
    if ('encrypted' in request.socket) return true;
    return isTrusted(plain(request.socket.remoteAddress ?? '')) && request.headers['x-forwarded-proto'] === 'https';
  };
}

/** Whether a trusted proxy handed a request on, so that what it wrote into the headers may be believed. */
export function camePassedOn(trusted: readonly string[]): (request: IncomingMessage) => boolean {
  const isTrusted = blockList(trusted);
  return (request) => isTrusted(plain(request.socket.remoteAddress ?? ''));
}

/**
 * Finds a request's client address: the right-most hop of `X-Forwarded-For` that is no trusted proxy. Without trusted
 * proxies the header is not looked at, since anybody can write it.
 */
export function clientAddress(trusted: readonly string[]): (request: IncomingMessage) => string {
  const isTrusted = blockList(trusted);
  return (request) => {
    const peer = plain(request.socket.remoteAddress ?? '');
    if (!isTrusted(peer)) return peer;
    const header = request.headers['x-forwarded-for'];
    const hops = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').map((hop) => plain(hop.trim()));
    let client = peer;
    for (const hop of hops.reverse()) {
      if (isIP(hop) === 0) break;
      client = hop;
      if (!isTrusted(hop)) break;
    }
    return client;
  };
}
