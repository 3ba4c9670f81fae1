import type { Handler } from '../../../../src/http/handler.ts';
import type { Log } from '../log/log.ts';
import { heartbeatRejected } from '../log/server-records.ts';
import { toReply } from './text-page.ts';

/** What each call of the older protocol has in its query, as in `?s:event:type=play&l:event:playhead=0`. */
const EVENT_TYPE = /(^|&)s(:|%3a)event(:|%3a)type=/i;

const NOT_SPOKEN = toReply({
  status: 404,
  text: 'This is a heartbeat, and this server speaks the Media Collection API, which is another protocol.\n',
});

/**
 * Recognises the calls of Adobe's heartbeat protocol, which its SDK for Roku speaks, and older ones do: its players are
 * set up as others are, and nothing else would say why none of their sessions start.
 */
export function heartbeats(log: Log): Handler {
  return {
    handle(call) {
      if (!EVENT_TYPE.test(call.query())) return undefined;
      log(heartbeatRejected);
      return NOT_SPOKEN;
    },
    notFound: () => NOT_SPOKEN,
    roots: ['/'],
  };
}
