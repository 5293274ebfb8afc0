-- KEYS changes by position, state of the queue, dead letter
-- ARGV none
-- returns the number of changes, how long the oldest has waited in ms, and the number of dead ones, with colons between
local state = redis.call('HMGET', KEYS[2], 'head', 'tail')
local depth, dead, age = redis.call('HLEN', KEYS[1]), redis.call('XLEN', KEYS[3]), 0
local oldest = state[1] and redis.call('HGET', KEYS[1], text(state[1] + 1))
if oldest then
  local time = redis.call('TIME')
  local now = time[1] * 1000000 + time[2]
  age = (now - (since(oldest, now) or now)) / 1000
end
return string.format('%.0f:%.0f:%.0f', depth, age, dead)
