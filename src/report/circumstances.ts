/** What is true of a session as a whole and decides what its events mean. */
export interface Circumstances {
  readonly isDownloaded: boolean;
  /** The playhead is the second of the day, and rises though nothing plays. */
  readonly isLive: boolean;
  /** The idle timeout in milliseconds: a longer silence is a clock that jumped. */
  readonly idle: number;
}
