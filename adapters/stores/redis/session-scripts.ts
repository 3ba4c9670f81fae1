/**
 * The scripts that run inside Redis on a session, which is a list. Its first element is what never changes:
 * `{startedAt} {validationToken}`, the token as JSON, empty without one, and after a line feed what came with a start by
 * the Media Edge API, as JSON, where it was one. Each other element is an event with what the
 * session had become by it: a state, a line feed, and the event as JSON, empty for a session that was created without
 * events. So the last element is all that the next event need read; Redis takes as long for each call as for the
 * rest of a script. A state is
 *
 *     {receivedAt} {deadline} {closeReason} {playheadMovedAt} {playhead} +{length}
 *
 * with `-` for a playhead that is unknown. Once the close was claimed, the time its lease ends follows, or `settled`
 * once it was delivered. Numbers are decimal text, exact to the last bit. Version 0.1 wrote no length, which reads as 0.
 */

/** Reads the last element of a session that nobody claimed yet; nothing of any other. */
const UNCLAIMED = `
  local function unclaimed(last)
    local deadline, reason, movedAt, playhead, length = string.match(last, '^%S+ (%S+) (%S+) (%S+) (%S+) %+(%S+)\\n')
    if deadline then return deadline, reason, movedAt, playhead, length end
    deadline, reason, movedAt, playhead = string.match(last, '^%S+ (%S+) (%S+) (%S+) (%S+)\\n')
    return deadline, reason, movedAt, playhead, '0'
  end`;
/** Reads that of any session: the state without the claim, the deadline in it, the claim if any, the event. */
const ANY = `
  local function any(last)
    local state, deadline, claim, event = string.match(last, '^(%S+ (%S+) %S+ %S+ %S+ %+%S+) ?(%S*)\\n(.*)$')
    if state then return state, deadline, claim, event end
    return string.match(last, '^(%S+ (%S+) %S+ %S+ %S+) ?(%S*)\\n(.*)$')
  end`;
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
 * Appends events by the rule of `admit` in lifecycle.ts, a row for each session and the events that come together.
 *
 * KEYS, for each row: session. ARGV, for each row: how many events, their length, the length from which on a session is full; then
 * for each event its state but for the length where the playhead moved and no sessionEnd came before, as most often; its
 * JSON; receivedAt; playhead or '-'; receivedAt + idle, and stall; of a sessionEnd instead of these two receivedAt +
 * grace, and ''.
 * Gives for each row its outcome, or the error of Redis; of an accepted sessionEnd, by which the session is found in
 * the index, its startedAt.
 *
 * @param retention In milliseconds. It is part of the text, since an argument costs time in every call.
 * @param expiryMargin How long Redis keeps a session beyond its deadline, in milliseconds.
 */
export const appendScript = (retention: number, expiryMargin: number) => `
  local call, match, number, format = redis.call, string.match, tonumber, string.format
  ${UNCLAIMED}
  ${ANY}

  local function append(key, at)
    local last = call('lindex', key, -1)
    if not last then return 'unknown' end
    local deadline, reason, movedAt, lastPlayhead, length = unclaimed(last)
    if not deadline then
      local _, closedAt, claim = any(last)
      return claim == 'settled' and number(ARGV[at + 5]) >= number(closedAt) + ${retention} and 'unknown' or 'closed'
    end
    if number(ARGV[at + 5]) >= number(deadline) then return 'closed' end
    if number(length) >= number(ARGV[at + 2]) then return 'full' end
    local suffix = format(' +%.0f\\n', number(length) + number(ARGV[at + 1]))

    local ended
    for i = at + 3, at + 6 * ARGV[at] - 3, 6 do
      local state, receivedAt, playhead, untilAt, stall = ARGV[i], ARGV[i + 2], ARGV[i + 3], ARGV[i + 4], ARGV[i + 5]
      local moved = playhead == '-' or playhead ~= lastPlayhead
      if moved then movedAt = receivedAt end
      if not moved or reason == 'sessionEnd' then
        if reason ~= 'sessionEnd' then
          deadline, reason = untilAt, 'idle'
          if stall == '' then
            reason = 'sessionEnd'
          elseif number(movedAt) + number(stall) < number(untilAt) then
            deadline, reason = format('%.17g', number(movedAt) + number(stall)), 'stall'
          end
        end
        state = receivedAt .. ' ' .. deadline .. ' ' .. reason .. ' ' .. movedAt .. ' ' .. playhead
      elseif stall == '' then
        deadline, reason = untilAt, 'sessionEnd'
      end
      lastPlayhead = playhead
      ended = ended or stall == ''
      if call('rpush', key, state .. suffix .. ARGV[i + 1]) % ${EVENTS_PER_EXPIRY} == 0 then
        local ttl = format('%.0f', ${EVENTS_PER_EXPIRY} * (number(untilAt) - number(receivedAt)) + ${expiryMargin})
        call('pexpire', key, ttl)
      end
    end
    return ended and match(call('lindex', key, 0), '^%S+') or 'accepted'
  end

  local outcomes = {}
  local at = 1
  for i = 1, #KEYS do
    local done, outcome = pcall(append, KEYS[i], at)
    outcomes[i] = (done or type(outcome) == 'table') and outcome or { err = outcome }
    at = at + 3 + 6 * ARGV[at]
  end
  return outcomes`;

/** Reads a session. KEYS: session. Gives the session, or false when it is unknown. */
export const GET = `
  if redis.call('exists', KEYS[1]) == 0 then return false end
  return ${SESSION}`;

/**
 * Reads elements that are events. KEYS: session. ARGV: the places of the first and the last, and after how many
 * characters none follows. Gives them, or false when the session is unknown.
 */
export const EVENTS = `
  if redis.call('exists', KEYS[1]) == 0 then return false end
  local last, room = tonumber(ARGV[2]), tonumber(ARGV[3])
  local elements = {}
  for from = tonumber(ARGV[1]), last, 16 do
    local some = redis.call('lrange', KEYS[1], from, math.min(from + 15, last))
    for _, element in ipairs(some) do
      if room <= 0 then return elements end
      elements[#elements + 1] = element
      room = room - #element
    end
    if #some < 16 then break end
  end
  return elements`;

/**
 * Checks the close of a session: leases it when it is closed, removes it when its retention is over. KEYS: session.
 * ARGV: now, end of the lease, retention, time to live. Gives the session when it is leased; or else when to check it
 * again, '' for never.
 */
export const CLAIM = `
  ${ANY}
  local now, leaseEnd, retention, ttl = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), ARGV[4]
  local last = redis.call('lindex', KEYS[1], -1)
  if not last then return '' end
  local state, deadline, claim, event = any(last)
  if claim == 'settled' then
    local forgottenAt = tonumber(deadline) + retention
    if now < forgottenAt then return string.format('%.17g', forgottenAt) end
    redis.call('unlink', KEYS[1]) -- which leaves freeing a long list to another thread
    return ''
  end
  redis.call('pexpire', KEYS[1], ttl)
  if now < tonumber(deadline) then return deadline end
  if claim ~= '' and now < tonumber(claim) then return claim end
  redis.call('lset', KEYS[1], -1, state .. ' ' .. leaseEnd .. '\\n' .. event)
  return ${SESSION}`;

/** Settles the close of a session. KEYS: session. ARGV: time to live. Gives the session, or false when it is unknown. */
export const SETTLE = `
  ${ANY}
  local last = redis.call('lindex', KEYS[1], -1)
  if not last then return false end
  local state, _, _, event = any(last)
  redis.call('lset', KEYS[1], -1, state .. ' settled\\n' .. event)
  redis.call('pexpire', KEYS[1], ARGV[1])
  return ${SESSION}`;
