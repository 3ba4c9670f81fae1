import { formatTime, formatTimeInZone } from '../../format/time.ts';
import { secondsNow } from '../../state/browser.ts';

interface Props {
  /** Unix milliseconds. */
  readonly at: number;
  readonly withMilliseconds?: boolean;
}

/** A time in the viewer's zone. Pointing at it shows the date and the zone too. */
export function LocalTime({ at, withMilliseconds = false }: Props) {
  const date = new Date(at);
  return (
    <time dateTime={Number.isNaN(date.valueOf()) ? undefined : date.toISOString()} title={formatTimeInZone(at)}>
      {formatTime(at, secondsNow.value, withMilliseconds)}
    </time>
  );
}
