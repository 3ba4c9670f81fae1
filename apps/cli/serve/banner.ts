import { reachableAddress } from './ip-address.ts';

/** What is said of a server that has started. */
export interface ServerSummary {
  /** `HOST:PORT`, with a host by which others reach the server, where they can. */
  readonly authority: string;
  /** The name of the store. It holds no password. */
  readonly store: string;
  /** Whether the Media Edge API is there too. */
  readonly edge: boolean;
  /** The URL of the inspector, where there is one. */
  readonly inspector: string | undefined;
}

/** The authority of a URL (RFC 3986, 3.2) of a server that listens on an IP address. */
export function authorityOf(address: string, port: number): string {
  const host = reachableAddress(address);
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The URL of the inspector, with the place of the token, which is a secret and not printed. */
export function inspectorUrl(authority: string, needsToken: boolean): string {
  return `http://${authority}/inspect/${needsToken ? '#token=<the token>' : ''}`;
}

/** How to point each of Adobe's SDKs to a server, and a command to try it with. */
export function banner({ authority, store, edge, inspector }: ServerSummary): string {
  const url = `http://${authority}/api/v1/sessions`;
  const params = '{"media.id":"demo","media.contentType":"vod","media.length":60}';
  const body = `{"eventType":"sessionStart","playerTime":{"playhead":0,"ts":${Date.now()}},"params":${params}}`;
  return `Media Collection API on http://${authority}, sessions kept in ${store}

  JavaScript          mediaConfig.trackingServer = '${authority}'; mediaConfig.ssl = false;
  Chromecast          "mediaHeartbeat": { "server": "${authority}", "ssl": false, ... }
  Android, iOS        "media.collectionServer": the host of a TLS proxy in front of ${authority}; they speak only HTTPS
${edge ? `  Web SDK, AEP Edge   "edgeDomain", "edge.domain": the host of a TLS proxy in front of ${authority}\n` : ''}\
  the API itself      POST ${url}
${inspector === undefined ? '' : `\nInspector: ${inspector}\n`}
Try it:

  curl -i ${url} -d '${body}'

`;
}
