-- KEYS changes by position, position of the last change of each key, state of the queue, dead letter
-- ARGV owner, last position of its batch, failures of a single change before it is dead, most changes in the dead letter, error
-- returns 0 to try again later, 1 when the batch is to be taken in parts, 2 when its only change is dead, -1 when it is not the owner's any more
local state = redis.call('HMGET', KEYS[3], 'owner', 'to', 'head', 'limited')
if state[1] ~= ARGV[1] or state[2] ~= ARGV[2] then
  return -1
end
local to, head = tonumber(ARGV[2]), tonumber(state[3])
if to - head > 1 then
  local limited = math.max(to, tonumber(state[4] or 0))
  redis.call('HSET', KEYS[3], 'limit', math.floor((to - head) / 2), 'limited', text(limited))
  redis.call('HDEL', KEYS[3], 'to', 'owner', 'until', 'tries', 'failures')
  return 1
end
redis.call('HDEL', KEYS[3], 'owner', 'until')
if redis.call('HINCRBY', KEYS[3], 'failures', 1) < tonumber(ARGV[3]) then
  return 0
end
local change = redis.call('HGET', KEYS[1], ARGV[2])
if change then
  local key = key_of(change)
  redis.call('XADD', KEYS[4], 'MAXLEN', ARGV[4], '*', 'sequence', text(number_of(change)),
    'key', key, 'change', (key ~= '') and string.sub(change, 22 + #key) or change, 'error', ARGV[5])
  if redis.call('HGET', KEYS[2], key) == ARGV[2] then
    redis.call('HDEL', KEYS[2], key)
  end
  redis.call('HDEL', KEYS[1], ARGV[2])
end
redis.call('HSET', KEYS[3], 'head', ARGV[2])
redis.call('HDEL', KEYS[3], 'to', 'tries', 'failures')
if state[4] and to >= tonumber(state[4]) then
  redis.call('HDEL', KEYS[3], 'limit', 'limited')
end
return 2
