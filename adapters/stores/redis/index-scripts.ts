/**
 * The scripts that run inside Redis on a shard of the index, which has two sorted sets: `due`, scored by when the close
 * of a session is to be checked, at its deadline or earlier; and `list`, in the order of start. The session itself
 * knows better: the index, which on a cluster is on another server, may name it too early, and a check sets it right.
 */

/**
 * Adds a session, and removes some that Redis has forgotten since, more of them than come: where nobody claims closes,
 * nothing else does. KEYS: due, list. ARGV: session, when to check it, time to live, until when the forgotten were due.
 */
export const ADD = `
  for _, forgotten in ipairs(redis.call('zrangebyscore', KEYS[1], '-inf', ARGV[4], 'limit', 0, 2)) do
    redis.call('zrem', KEYS[1], forgotten)
    redis.call('zrem', KEYS[2], forgotten)
  end
  redis.call('zadd', KEYS[1], ARGV[2], ARGV[1])
  redis.call('zadd', KEYS[2], 0, ARGV[1])
  redis.call('pexpire', KEYS[1], ARGV[3])
  redis.call('pexpire', KEYS[2], ARGV[3])
  return 'added'`;

/** Has a session checked at a time, if that is earlier. KEYS: due. ARGV: session, when to check it. */
export const MOVE_EARLIER = `return redis.call('zadd', KEYS[1], 'xx', 'lt', ARGV[2], ARGV[1])`;

/** Has a session checked at a time, as a rule later. KEYS: due. ARGV: session, when to check it. */
export const MOVE_LATER = `return redis.call('zadd', KEYS[1], 'xx', ARGV[2], ARGV[1])`;

/**
 * Takes sessions that are due, and keeps others from them until a time. KEYS: due, list. ARGV: now, until when, limit,
 * time to live.
 */
export const TAKE = `
  local due = redis.call('zrangebyscore', KEYS[1], '-inf', ARGV[1], 'limit', 0, ARGV[3])
  for _, session in ipairs(due) do redis.call('zadd', KEYS[1], ARGV[2], session) end
  redis.call('pexpire', KEYS[1], ARGV[4])
  redis.call('pexpire', KEYS[2], ARGV[4])
  return due`;

/**
 * Sets when sessions that were taken are checked again, but for those that were moved meanwhile. KEYS: due, list. ARGV:
 * until when they were taken, then for each the session and when to check it, '' for never.
 */
export const RESCHEDULE = `
  for i = 2, #ARGV, 2 do
    local session, at = ARGV[i], ARGV[i + 1]
    if at == '' then
      redis.call('zrem', KEYS[1], session)
      redis.call('zrem', KEYS[2], session)
    elseif tonumber(redis.call('zscore', KEYS[1], session)) == tonumber(ARGV[1]) then
      redis.call('zadd', KEYS[1], at, session)
    end
  end
  return 'rescheduled'`;

/** Lists sessions, newest first. KEYS: list. ARGV: where to start, limit. */
export const LIST = `return redis.call('zrevrangebylex', KEYS[1], ARGV[1], '-', 'limit', 0, ARGV[2])`;
