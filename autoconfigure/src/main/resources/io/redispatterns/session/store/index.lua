-- KEYS sessions of a user
-- ARGV session to enter, empty for none; its idle time in ms; its end on the server's clock in ms, 0 for none; how much later it is forgotten, in ms; sessions to remove
-- returns how many sessions are left
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. string.format('%.0f', now))
for i = 5, #ARGV do
  redis.call('ZREM', KEYS[1], ARGV[i])
end
if ARGV[1] ~= '' then
  local ends = now + ARGV[2]
  if ARGV[3] ~= '0' and tonumber(ARGV[3]) < ends then
    ends = tonumber(ARGV[3])
  end
  redis.call('ZADD', KEYS[1], string.format('%.0f', ends + ARGV[4]), ARGV[1])
end
local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
if last[2] then
  redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', last[2]))
end
return redis.call('ZCARD', KEYS[1])
