import type { MediaEvent } from '../wire/events.ts';

/**
 * The playhead of an event in seconds. Null and negative ones are what players send when they do not know it, as the
 * player of an endless live stream may not.
 */
export function knownPlayhead({ playerTime: { playhead } }: MediaEvent): number | undefined {
  return playhead === null || playhead < 0 ? undefined : playhead;
}
