/**
 * What runs inside Redis on a shard of the index, which has two sorted sets: `due`, scored by when the close of a
 * session is to be looked at, at its deadline or earlier; and `list`, in the order of start. The session itself knows
 * better: the index, which on a cluster is on another server, is a hint that may come too early, and a look sets it
 * right.
 */

/**
 * KEYS: due, list. ARGV: session, when to look, time to live, and until when the sessions were due that Redis has
 * forgotten since. Where nobody claims closes, they are taken out here, more of them than come.
 */
export const INDEX = `
  for _, gone in ipairs(redis.call('zrangebyscore', KEYS[1], '-inf', ARGV[4], 'limit', 0, 2)) do
    redis.call('zrem', KEYS[1], gone)
    redis.call('zrem', KEYS[2], gone)
  end
  redis.call('zadd', KEYS[1], ARGV[2], ARGV[1])
  redis.call('zadd', KEYS[2], 0, ARGV[1])
  redis.call('pexpire', KEYS[1], ARGV[3])
  redis.call('pexpire', KEYS[2], ARGV[3])
  return 'indexed'`;

/** KEYS: due. ARGV: session, when to look, if that is earlier. */
export const MOVE_EARLIER = `return redis.call('zadd', KEYS[1], 'xx', 'lt', ARGV[2], ARGV[1])`;

/** KEYS: due. ARGV: session, when to look. */
export const MOVE_LATER = `return redis.call('zadd', KEYS[1], 'xx', ARGV[2], ARGV[1])`;

/** Takes sessions to look at, and keeps others from them for a while. KEYS: due, list. ARGV: now, until, limit, time to live. */
export const TAKE = `
  local due = redis.call('zrangebyscore', KEYS[1], '-inf', ARGV[1], 'limit', 0, ARGV[3])
  for _, session in ipairs(due) do redis.call('zadd', KEYS[1], ARGV[2], session) end
  redis.call('pexpire', KEYS[1], ARGV[4])
  redis.call('pexpire', KEYS[2], ARGV[4])
  return due`;

/**
 * Files sessions that were taken and looked at. KEYS: due, list. ARGV: until when they were taken, then for each
 * the session and when to look again, '' for never. What was hastened meanwhile stays as it is.
 */
export const FILE = `
  for i = 2, #ARGV, 2 do
    local session, at = ARGV[i], ARGV[i + 1]
    if at == '' then
      redis.call('zrem', KEYS[1], session)
      redis.call('zrem', KEYS[2], session)
    elseif tonumber(redis.call('zscore', KEYS[1], session)) == tonumber(ARGV[1]) then
      redis.call('zadd', KEYS[1], at, session)
    end
  end
  return 'filed'`;

/** KEYS: list. ARGV: where to start, limit. Gives sessions, newest first. */
export const LIST = `return redis.call('zrevrangebylex', KEYS[1], ARGV[1], '-', 'limit', 0, ARGV[2])`;
