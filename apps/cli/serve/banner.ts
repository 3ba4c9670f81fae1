import { networkInterfaces } from 'node:os';

/** What a server that has started says of itself. */
export interface Listening {
  readonly address: string;
  readonly port: number;
  /** The name of the store. It holds no password. */
  readonly store: string;
  readonly inspector: boolean;
  readonly needsToken: boolean;
}

/** `HOST:PORT` as players are to be told, from a machine that can reach it. */
export function authorityOf({ address, port }: Listening): string {
  const reachable = address === '0.0.0.0' || address === '::' ? firstAddress() : address;
  return `${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

/** The address of the first interface that is not the machine's own. */
function firstAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}

/** Where the inspector is, with the place of the token, which is a secret and not printed. */
export function inspectorUrl(welcome: Listening): string | undefined {
  if (!welcome.inspector) return undefined;
  return `http://${authorityOf(welcome)}/inspect/${welcome.needsToken ? '#token=<the token>' : ''}`;
}

/** Where to point each of Adobe's SDKs, and a line to try it with. */
export function banner(welcome: Listening): string {
  const authority = authorityOf(welcome);
  const url = `http://${authority}/api/v1/sessions`;
  const params = '{"media.id":"demo","media.contentType":"vod","media.length":60}';
  const body = `{"eventType":"sessionStart","playerTime":{"playhead":0,"ts":${Date.now()}},"params":${params}}`;
  const inspector = inspectorUrl(welcome);
  return `Media Collection API on http://${authority}, sessions kept in ${welcome.store}

  JavaScript          mediaConfig.trackingServer = '${authority}'; mediaConfig.ssl = false;
  Chromecast, Roku    "mediaHeartbeat": { "server": "${authority}", "ssl": false, ... }
  Android, iOS        "media.collectionServer": the host of a TLS proxy in front of ${authority}; they speak only HTTPS
  the API itself      POST ${url}
${inspector === undefined ? '' : `\nInspector: ${inspector}\n`}
Try it:

  curl -i ${url} -d '${body}'

`;
}
