/** How often the clock is advanced, in milliseconds. */
const TICK = 10;

/**
 * Starts a clock of the time that this process can be blamed for, in milliseconds: it runs while the process works or
 * waits, and stands still while a busy machine keeps it from running.
 */
export function startProcessClock(): () => number {
  let time = 0;
  let advancedAt = performance.now();
  let used = process.cpuUsage();

  setInterval(() => {
    const worked = process.cpuUsage(used);
    time += Math.min(performance.now() - advancedAt, Math.max(2 * TICK, (worked.user + worked.system) / 1000));
    advancedAt = performance.now();
    used = process.cpuUsage();
  }, TICK).unref();

  return () => time + Math.min(performance.now() - advancedAt, 2 * TICK);
}
