/**
 * What runs inside Redis. A session is a hash and a list of events, `[receivedAt, event]` each, under one hash
 * tag, so that one script may touch both. The fields of the hash:
 *
 * - `startedAt`, and `validationToken` when it has one.
 * - `state`: all that an event moves, `{deadline} {closeReason} {lastEventAt} {playheadMovedAt} {playhead}`, the
 *   playhead empty when it is unknown. One field, since Redis takes as long for each as for the rest of a script.
 * - `leasedUntil`, once its close was claimed, when its `state` ends in ` claimed` too, so that an event need not
 *   look; `settled`, once it was delivered.
 *
 * Numbers are decimal text, exact to the last bit.
 */

/** How a script reads the `state` of a session that nobody claimed yet. */
const STATE = `'^(%S+) (%S+) (%S+) (%S+) (%S*)$'`;
/** How a script reads the deadline of any `state`. */
const DEADLINE = `'^%S+'`;

/** KEYS: session, events. ARGV: time to live, the number of fields and values, those, then the events. */
export const CREATE = `
  if redis.call('exists', KEYS[1]) == 1 then return 'taken' end
  local fields = tonumber(ARGV[2])
  redis.call('hset', KEYS[1], unpack(ARGV, 3, 2 + fields))
  for i = 3 + fields, #ARGV do redis.call('rpush', KEYS[2], ARGV[i]) end
  redis.call('pexpire', KEYS[1], ARGV[1])
  redis.call('pexpire', KEYS[2], ARGV[1])
  return 'created'`;

/** Every how many events a session is given its time to live again. */
export const EVENTS_PER_EXPIRY = 32;

/**
 * The rule of `advance` in lifecycle.ts.
 *
 * KEYS: session, events. ARGV: event, receivedAt, playhead or '' when it is unknown, receivedAt + idle, stall, and
 * of a sessionEnd receivedAt + grace.
 * Gives the outcome; of an accepted sessionEnd, by which the session is found in the index, its startedAt.
 *
 * @param retention In milliseconds. It is part of the text, since an argument costs time in every call.
 * @param spare How long the session is kept beyond its deadline, in milliseconds.
 */
export const appendScript = (retention: number, spare: number) => `
  local receivedAt, playhead, idleAt, graceAt = ARGV[2], ARGV[3], ARGV[4], ARGV[6]
  local state = redis.call('hget', KEYS[1], 'state')
  if not state then return 'unknown' end
  local deadline, reason, _, movedAt, lastPlayhead = string.match(state, ${STATE})
  local now = tonumber(receivedAt)
  if not deadline then
    local isOver = now >= tonumber(string.match(state, ${DEADLINE})) + ${retention}
    return isOver and redis.call('hexists', KEYS[1], 'settled') == 1 and 'unknown' or 'closed'
  end
  if now >= tonumber(deadline) then return 'closed' end

  if playhead == '' or playhead ~= lastPlayhead then movedAt = receivedAt end
  if reason ~= 'sessionEnd' then
    local stallAt = tonumber(movedAt) + tonumber(ARGV[5])
    if graceAt then
      deadline, reason = graceAt, 'sessionEnd'
    elseif stallAt < tonumber(idleAt) then
      deadline, reason = string.format('%.17g', stallAt), 'stall'
    else
      deadline, reason = idleAt, 'idle'
    end
  end

  redis.call('hset', KEYS[1], 'state',
    deadline .. ' ' .. reason .. ' ' .. receivedAt .. ' ' .. movedAt .. ' ' .. playhead)
  if redis.call('rpush', KEYS[2], ARGV[1]) % ${EVENTS_PER_EXPIRY} == 0 then
    local ttl = string.format('%.0f', ${EVENTS_PER_EXPIRY} * (tonumber(idleAt) - now) + ${spare})
    redis.call('pexpire', KEYS[1], ttl)
    redis.call('pexpire', KEYS[2], ttl)
  end
  return graceAt and redis.call('hget', KEYS[1], 'startedAt') or 'accepted'`;

const FIELDS = `'startedAt', 'state', 'validationToken'`;

/** KEYS: session. Gives the fields of a session, the first false when it is unknown. */
export const GET = `return redis.call('hmget', KEYS[1], ${FIELDS})`;

/** KEYS: session, events. Gives the events, or false when the session is unknown. */
export const EVENTS = `
  if redis.call('exists', KEYS[1]) == 0 then return false end
  return redis.call('lrange', KEYS[2], 0, -1)`;

/**
 * Looks at the close of a session. KEYS: session, events. ARGV: now, end of the lease, retention, time to live.
 * Gives the fields of the session when it is leased; or else when to look again, '' for never.
 */
export const CLAIM = `
  local now, leaseEnd, retention, ttl = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), ARGV[4]
  local state, leasedUntil, settled = unpack(redis.call('hmget', KEYS[1], 'state', 'leasedUntil', 'settled'))
  if not state then return '' end
  local deadline = string.match(state, ${DEADLINE})
  if settled then
    local forgottenAt = tonumber(deadline) + retention
    if now < forgottenAt then return string.format('%.17g', forgottenAt) end
    redis.call('del', KEYS[1], KEYS[2])
    return ''
  end
  redis.call('pexpire', KEYS[1], ttl)
  redis.call('pexpire', KEYS[2], ttl)
  if now < tonumber(deadline) then return deadline end
  if leasedUntil and now < tonumber(leasedUntil) then return leasedUntil end
  if not leasedUntil then state = state .. ' claimed' end
  redis.call('hset', KEYS[1], 'state', state, 'leasedUntil', leaseEnd)
  return redis.call('hmget', KEYS[1], ${FIELDS})`;

/** KEYS: session, events. ARGV: time to live. Gives startedAt and state, or false when it is unknown. */
export const SETTLE = `
  local session = redis.call('hmget', KEYS[1], 'startedAt', 'state')
  if not session[1] then return false end
  local claimed = string.match(session[2], ${STATE}) and session[2] .. ' claimed' or session[2]
  redis.call('hset', KEYS[1], 'state', claimed, 'settled', '1', 'leasedUntil', '0')
  redis.call('pexpire', KEYS[1], ARGV[1])
  redis.call('pexpire', KEYS[2], ARGV[1])
  return session`;

/*
 * A shard of the index has two sorted sets: `due`, scored by when the close of a session is to be looked at, at
 * its deadline or earlier; and `list`, in the order of start. The session itself knows better: the index, which
 * on a cluster is on another server, is a hint that may come too early, and a look sets it right.
 */

/** KEYS: due, list. ARGV: session, when to look, time to live. */
export const INDEX = `
  redis.call('zadd', KEYS[1], ARGV[2], ARGV[1])
  redis.call('zadd', KEYS[2], 0, ARGV[1])
  redis.call('pexpire', KEYS[1], ARGV[3])
  redis.call('pexpire', KEYS[2], ARGV[3])
  return 'indexed'`;

/** KEYS: due. ARGV: session, when to look, if that is earlier. */
export const HASTEN = `return redis.call('zadd', KEYS[1], 'xx', 'lt', ARGV[2], ARGV[1])`;

/** KEYS: due. ARGV: session, when to look. */
export const POSTPONE = `return redis.call('zadd', KEYS[1], 'xx', ARGV[2], ARGV[1])`;

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
