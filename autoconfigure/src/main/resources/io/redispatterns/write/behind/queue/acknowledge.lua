-- KEYS changes by position, position of the last change of each key, state of the queue
-- ARGV owner, last position of its batch
-- returns the number of changes that are removed, -1 when the batch is not the owner's any more
local state = redis.call('HMGET', KEYS[3], 'owner', 'to', 'head', 'limited')
if state[1] ~= ARGV[1] or state[2] ~= ARGV[2] then
  return -1
end
local removed = 0
for number = state[3] + 1, tonumber(ARGV[2]) do
  local position = text(number)
  local change = redis.call('HGET', KEYS[1], position)
  if change then
    local key = key_of(change)
    if redis.call('HGET', KEYS[2], key) == position then
      redis.call('HDEL', KEYS[2], key)
    end
    redis.call('HDEL', KEYS[1], position)
    removed = removed + 1
  end
end
redis.call('HSET', KEYS[3], 'head', ARGV[2])
redis.call('HDEL', KEYS[3], 'to', 'owner', 'until', 'tries', 'failures')
if state[4] and tonumber(ARGV[2]) >= tonumber(state[4]) then
  redis.call('HDEL', KEYS[3], 'limit', 'limited')
end
return removed
