import { pollDelay } from './poll-delay.ts';

/**
 * Runs `refresh` for ever, one round after the other. It resolves to whether the round went well. Returns a function
 * that starts a round at once, or right behind the one under way.
 */
export function startPolling(refresh: () => Promise<boolean>): () => void {
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let underWay = false;
  let again = false;

  async function round(): Promise<void> {
    clearTimeout(timer);
    if (underWay) {
      again = true;
      return;
    }
    underWay = true;
    again = false;
    const went = await refresh().catch(() => false);
    failures = went ? 0 : failures + 1;
    underWay = false;
    timer = setTimeout(round, again ? 0 : pollDelay(failures, document.hidden));
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void round();
  });
  addEventListener('online', () => void round());
  void round();
  return () => void round();
}
