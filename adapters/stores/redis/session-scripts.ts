/**
 * The scripts that run inside Redis on a session, which is a list. Its first element is what never changes:
 * `{startedAt} {validationToken}`, the token as JSON, empty without one. Each other element is an event with what the
 * session had become by it: a state, a line feed, and the event as JSON, empty for a session that was created without
 * events. So the last element is all that the next event need read; Redis takes as long for each call as for the
 * rest of a script. A state is
 *
 *     {receivedAt} {deadline} {closeReason} {playheadMovedAt} {playhead}
 *
 * with `-` for a playhead that is unknown. Once the close was claimed, the time its lease ends follows, or `settled`
 * once it was delivered. Numbers are decimal text, exact to the last bit.
 */

/** Matches the last element of a session that nobody claimed yet: deadline, reason, moved at, playhead. */
const UNCLAIMED = `'^%S+ (%S+) (%S+) (%S+) (%S+)\\n'`;
/** Matches that of any session: the state without the claim, the deadline in it, the claim if any, the event. */
const ANY = `'^(%S+ (%S+) %S+ %S+ %S+) ?(%S*)\\n(.*)$'`;
/** What scripts give of a session: its first element, and its state. */
const SESSION = `{redis.call('lindex', KEYS[1], 0), string.match(redis.call('lindex', KEYS[1], -1), '^[^\\n]+')}`;

/** Creates a session, unless its key is taken. KEYS: session. ARGV: time to live, then the elements. */
export const CREATE = `
  if redis.call('exists', KEYS[1]) == 1 then return 'taken' end
  for i = 2, #ARGV do redis.call('rpush', KEYS[1], ARGV[i]) end
  redis.call('pexpire', KEYS[1], ARGV[1])
  return 'created'`;

/** After how many events a session is given its time to live again. */
export const EVENTS_PER_EXPIRY = 32;

/**
 * Appends events by the rule of `advanceSession` in lifecycle.ts, a row for each, of a session and an event.
 *
 * KEYS, for each row: session. ARGV, for each row: the element to add where the playhead moved and no sessionEnd came
 * before, as most often; receivedAt; playhead or '-'; receivedAt + idle, and stall; of a sessionEnd instead of these two
 * receivedAt + grace, and ''.
 * Gives for each row its outcome, or the error of Redis; of an accepted sessionEnd, by which the session is found in
 * the index, its startedAt.
 *
 * @param retention In milliseconds. It is part of the text, since an argument costs time in every call.
 * @param expiryMargin How long Redis keeps a session beyond its deadline, in milliseconds.
 */
export const appendScript = (retention: number, expiryMargin: number) => `
  local call, match, number = redis.call, string.match, tonumber

  local function amended(element, last, receivedAt, playhead, moved, untilAt, stall)
    local deadline, reason, movedAt = match(last, ${UNCLAIMED})
    if moved then movedAt = receivedAt end
    if reason ~= 'sessionEnd' then
      deadline, reason = untilAt, 'idle'
      if stall == '' then
        reason = 'sessionEnd'
      elseif number(movedAt) + number(stall) < number(untilAt) then
        deadline, reason = string.format('%.17g', number(movedAt) + number(stall)), 'stall'
      end
    end
    return receivedAt .. ' ' .. deadline .. ' ' .. reason .. ' ' .. movedAt .. ' ' .. playhead .. match(element, '\\n.*')
  end

  local function append(key, element, receivedAt, playhead, untilAt, stall)
    local last = call('lindex', key, -1)
    if not last then return 'unknown' end
    local deadline, reason, lastPlayhead = match(last, '^%S+ (%S+) (%S+) %S+ (%S+)\\n')
    if not deadline then
      local _, closedAt, claim = match(last, ${ANY})
      return claim == 'settled' and number(receivedAt) >= number(closedAt) + ${retention} and 'unknown' or 'closed'
    end
    if number(receivedAt) >= number(deadline) then return 'closed' end

    local moved = playhead == '-' or playhead ~= lastPlayhead
    if not moved or reason == 'sessionEnd' then
      element = amended(element, last, receivedAt, playhead, moved, untilAt, stall)
    end
    if call('rpush', key, element) % ${EVENTS_PER_EXPIRY} == 0 then
      local ttl = string.format('%.0f', ${EVENTS_PER_EXPIRY} * (number(untilAt) - number(receivedAt)) + ${expiryMargin})
      call('pexpire', key, ttl)
    end
    return stall == '' and match(call('lindex', key, 0), '^%S+') or 'accepted'
  end

  local outcomes = {}
  for i = 1, #KEYS do
    local at = 5 * i
    local done, outcome = pcall(append, KEYS[i], ARGV[at - 4], ARGV[at - 3], ARGV[at - 2], ARGV[at - 1], ARGV[at])
    outcomes[i] = (done or type(outcome) == 'table') and outcome or { err = outcome }
  end
  return outcomes`;

/** Reads a session. KEYS: session. Gives the session, or false when it is unknown. */
export const GET = `
  if redis.call('exists', KEYS[1]) == 0 then return false end
  return ${SESSION}`;

/** Reads the elements that are events. KEYS: session. Gives them, or false when the session is unknown. */
export const EVENTS = `
  if redis.call('exists', KEYS[1]) == 0 then return false end
  return redis.call('lrange', KEYS[1], 1, -1)`;

/**
 * Checks the close of a session: leases it when it is closed, removes it when its retention is over. KEYS: session.
 * ARGV: now, end of the lease, retention, time to live. Gives the session when it is leased; or else when to check it
 * again, '' for never.
 */
export const CLAIM = `
  local now, leaseEnd, retention, ttl = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), ARGV[4]
  local last = redis.call('lindex', KEYS[1], -1)
  if not last then return '' end
  local state, deadline, claim, event = string.match(last, ${ANY})
  if claim == 'settled' then
    local forgottenAt = tonumber(deadline) + retention
    if now < forgottenAt then return string.format('%.17g', forgottenAt) end
    redis.call('del', KEYS[1])
    return ''
  end
  redis.call('pexpire', KEYS[1], ttl)
  if now < tonumber(deadline) then return deadline end
  if claim ~= '' and now < tonumber(claim) then return claim end
  redis.call('lset', KEYS[1], -1, state .. ' ' .. leaseEnd .. '\\n' .. event)
  return ${SESSION}`;

/** Settles the close of a session. KEYS: session. ARGV: time to live. Gives the session, or false when it is unknown. */
export const SETTLE = `
  local last = redis.call('lindex', KEYS[1], -1)
  if not last then return false end
  local state, _, _, event = string.match(last, ${ANY})
  redis.call('lset', KEYS[1], -1, state .. ' settled\\n' .. event)
  redis.call('pexpire', KEYS[1], ARGV[1])
  return ${SESSION}`;
