-- KEYS changes by position, state of the queue
-- ARGV owner; lease in ms; most changes of a batch; ms that the oldest change of a smaller batch must have waited
-- returns first and last position, number of tries, then the changes, each behind its length; nil when there is nothing to do, or another does it
local state = redis.call('HMGET', KEYS[2], 'head', 'tail', 'to', 'owner', 'until', 'limit', 'limited', 'tries')
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
if not state[2] or (state[4] and state[4] ~= ARGV[1] and tonumber(state[5]) > now) then
  return false
end
local head, tail, to = tonumber(state[1]), tonumber(state[2]), tonumber(state[3] or 0)
if to == 0 and head >= tail then
  return false
end
local last = to
if to == 0 then
  local size = tonumber(ARGV[3])
  local oldest = redis.call('HGET', KEYS[1], text(head + 1))
  local accepted = oldest and since(oldest, now)
  if tail - head < size and accepted and now - accepted < ARGV[4] * 1000 then
    return false
  end
  -- a batch that has failed is taken in parts, until what fails is alone
  if state[6] and head < tonumber(state[7]) then
    size = math.min(size, tonumber(state[6]))
  end
  last = math.min(tail, head + size)
end
local found, bytes, kinds = {}, 0, {}
for position = head + 1, last do
  local change = redis.call('HGET', KEYS[1], text(position))
  if change then
    if to == 0 then
      local key = key_of(change)
      local kind = string.sub(change, 22 + #key, 22 + #key)
      -- no batch holds both a row and a deletion of one key, whose order a flush could lose
      if #found > 0 and ((kinds[key] or kind) ~= kind or bytes + #change > 1048576) then
        last = position - 1
        break
      end
      kinds[key] = kind
    end
    bytes = bytes + #change
    found[#found + 1] = struct.pack('>I4', #change) .. change
  end
end
if #found == 0 then
  redis.call('HSET', KEYS[2], 'head', text(last))
  redis.call('HDEL', KEYS[2], 'to', 'owner', 'until', 'tries', 'failures')
  return false
end
local tries = tonumber(state[8] or 0) + 1
redis.call('HSET', KEYS[2], 'to', text(last), 'owner', ARGV[1], 'until', text(now + ARGV[2] * 1000), 'tries', tries)
return struct.pack('>I8I8I4', head + 1, last, tries) .. table.concat(found)
