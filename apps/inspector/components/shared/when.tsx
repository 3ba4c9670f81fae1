import { formatTime, formatTimeInZone } from '../../format/time.ts';
import { secondsNow } from '../../state/now.ts';

interface Props {
  /** Unix milliseconds. */
  readonly at: number;
  readonly millis?: boolean;
}

/** A moment in the viewer's zone, which is said where somebody points at it. */
export function When({ at, millis = false }: Props) {
  const date = new Date(at);
  return (
    <time dateTime={Number.isNaN(date.valueOf()) ? undefined : date.toISOString()} title={formatTimeInZone(at)}>
      {formatTime(at, secondsNow.value, millis)}
    </time>
  );
}
