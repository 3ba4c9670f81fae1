const DATE_TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:?\d{2})$/;

/** As all SDKs write it, but for Roku's at times. */
const USUAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** The pattern of a timestamp, for its schema. */
export const TIMESTAMP_PATTERN = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:?\\d{2})$';

/** What a timestamp is, for whoever sent another thing. */
export const TIMESTAMP_DESCRIPTION = 'date and time such as 2026-01-15T10:01:00.000Z, from 1970 on';

/**
 * The Unix milliseconds of a timestamp (ISO 8601), undefined where it names no time from 1970 on.
 *
 * @param isUnpadded Whether its milliseconds may lack their leading zeros, as those of Roku's SDK do: `.7` is 7 ms.
 */
export function timeOf(timestamp: string, isUnpadded: () => boolean = () => false): number | undefined {
  const time = USUAL.test(timestamp) ? Date.parse(timestamp) : timeOfUnusual(timestamp, isUnpadded);
  return time >= 0 ? time : undefined;
}

function timeOfUnusual(timestamp: string, isUnpadded: () => boolean): number {
  const [, seconds = '', fraction = '', zone = ''] = DATE_TIME.exec(timestamp) ?? [];
  const ms = isUnpadded() ? fraction.padStart(3, '0') : fraction.padEnd(3, '0');
  return Date.parse(`${seconds}.${ms.slice(0, 3)}${zone.replace(/(\d{2})(\d{2})$/, '$1:$2')}`);
}
