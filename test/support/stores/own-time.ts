/** How often the clock looks, in milliseconds. */
const TICK = 10;

/**
 * Starts a clock for what a process may be blamed for, in milliseconds: it runs while the process works or waits,
 * and stands still while a busy machine keeps it from running.
 */
export function startOwnClock(): () => number {
  let time = 0;
  let looked = performance.now();
  let used = process.cpuUsage();

  setInterval(() => {
    const worked = process.cpuUsage(used);
    time += Math.min(performance.now() - looked, Math.max(2 * TICK, (worked.user + worked.system) / 1000));
    looked = performance.now();
    used = process.cpuUsage();
  }, TICK).unref();

  return () => time + Math.min(performance.now() - looked, 2 * TICK);
}
