import { isObject } from '../../common/json.ts';
import { truncate } from '../../common/text.ts';

/** The most characters of the name and the version: SDKs take thirty. */
const MAX_LENGTH = 100;

/**
 * The SDK that made an event, such as `alloy-2.33.1` or `ios-5.2.0+5.0.3`, by the `implementationDetails` of the event or
 * of what is around it (XDM implementationDetails). A name is a URL that ends with that of the SDK.
 */
export function sdkOf(...places: readonly unknown[]): string | undefined {
  for (const place of places) {
    const details = isObject(place) ? place['implementationDetails'] : undefined;
    const { name, version } = isObject(details) ? details : {};
    if (typeof name !== 'string' || name === '') continue;
    const short = name.replace(/^https?:\/\/ns\.adobe\.com\/experience\/(mobilesdk\/)?/, '');
    return truncate(typeof version === 'string' ? `${short}-${version}` : short, MAX_LENGTH);
  }
  return undefined;
}

/** Roku's SDK writes the milliseconds of a timestamp without leading zeros: `.7Z` for 7 ms. */
export function isUnpadded(sdk: string | undefined): boolean {
  return sdk?.startsWith('roku') ?? false;
}
