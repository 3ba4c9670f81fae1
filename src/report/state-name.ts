import type { EventOf } from '../wire/events.ts';

const STANDARD_NAMES = ['fullscreen', 'mute', 'closedCaptioning', 'pictureInPicture', 'inFocus'];

const standardNames: ReadonlyMap<string, string> = new Map(STANDARD_NAMES.map((name) => [name.toLowerCase(), name]));

/**
 * The state that an event is about. The five standard names are matched without case: the JavaScript SDK
 * sends `fullScreen`, the mobile SDKs `fullscreen`. Others are as sent.
 */
export function stateNameOf(event: EventOf<'stateStart'> | EventOf<'stateEnd'>): string {
  const name = event.params['media.state.name'];
  return standardNames.get(name.toLowerCase()) ?? name;
}
