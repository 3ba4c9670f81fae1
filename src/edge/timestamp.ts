const DATE_TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:?\d{2})$/;

/** The pattern of a timestamp, for its schema. */
export const TIMESTAMP_PATTERN = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:?\\d{2})$';

/** What a timestamp is, for whoever sent another thing. */
export const TIMESTAMP_DESCRIPTION = 'date and time such as 2026-01-15T10:01:00.000Z, from 1970 on';

/**
 * The Unix milliseconds of a timestamp (ISO 8601), undefined where it names no time from 1970 on.
 *
 * @param isUnpadded Whether its milliseconds may lack their leading zeros, as those of Roku's SDK do: `.7` is 7 ms.
 */
export function timeOf(timestamp: string, isUnpadded = false): number | undefined {
  const [, seconds = '', fraction = '', zone = ''] = DATE_TIME.exec(timestamp) ?? [];
  const ms = isUnpadded ? fraction.padStart(3, '0') : fraction.padEnd(3, '0');
  const time = Date.parse(`${seconds}.${ms.slice(0, 3)}${zone.replace(/(\d{2})(\d{2})$/, '$1:$2')}`);
  return time >= 0 ? time : undefined;
}
