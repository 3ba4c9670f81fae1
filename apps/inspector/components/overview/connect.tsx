import { useState } from 'preact/hooks';
import { CopyButton } from '../shared/buttons.tsx';

/** What to do when nothing has come yet. */
export function Connect() {
  const { origin, host, protocol } = location;
  const isPlain = protocol === 'http:';
  const [command] = useState(() => startCommand(origin)); // its ts stands still, and so does a selection of it
  return (
    <section class="panel connect" aria-label="Connect a player">
      <h2>Nothing has come yet. Connect a player</h2>
      <p>This starts a session from a shell:</p>
      <div class="command">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard has to get there */}
        <section class="json" aria-label="Command" tabIndex={0}>
          {command}
        </section>
        <CopyButton label="Copy" text={() => command} />
      </div>
      <p>Adobe's SDKs need one setting, the host of the Media Collection API:</p>
      <dl class="sdks">
        <dt>JavaScript</dt>
        <dd>
          <code>{`mediaConfig.trackingServer = '${host}';${isPlain ? ' mediaConfig.ssl = false;' : ''}`}</code>
        </dd>
        <dt>iOS, Android</dt>
        <dd>
          <b>Collection API server</b> of the Media Analytics extension:{' '}
          {isPlain ? (
            <>
              the host of a TLS proxy in front of <code>{host}</code>; they speak only HTTPS
            </>
          ) : (
            <code>{host}</code>
          )}
        </dd>
        <dt>Chromecast</dt>
        <dd>
          <code>{`"mediaHeartbeat": { "server": "${host}"${isPlain ? ', "ssl": false' : ''} }`}</code> in
          ADBMobileConfig.json
        </dd>
      </dl>
      <p class="note">Where the API is under a path or on another host, say that instead.</p>
    </section>
  );
}

function startCommand(origin: string): string {
  const start = {
    eventType: 'sessionStart',
    playerTime: { playhead: 0, ts: Date.now() },
    params: {
      'media.id': 'first-video',
      'media.name': 'First video',
      'media.length': 120,
      'media.contentType': 'vod',
      'media.playerName': 'curl',
      'media.channel': 'test',
      'analytics.trackingServer': 'example.com',
      'analytics.reportSuite': 'test',
      'visitor.marketingCloudOrgId': 'test@AdobeOrg',
    },
  };
  return `curl -i ${origin}/api/v1/sessions -d '${JSON.stringify(start)}'`;
}
