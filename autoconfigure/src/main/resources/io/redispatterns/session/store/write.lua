-- KEYS session
-- ARGV server time in microseconds after which it is too late, 0 for never; 'new', or for a session that must still be there 'use' when it was used and 'old' when that need not be known; number of names and values to set; these; names to remove
-- returns when the session ends, in ms on the server's clock; 0 when it is no more, -1 when it was too late
local time = redis.call('TIME')
if ARGV[1] ~= '0' and time[1] * 1000000 + time[2] > tonumber(ARGV[1]) then
  return -1
end
if ARGV[2] ~= 'new' and redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local last = 3 + ARGV[3]
for i = 4, last, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
end
for i = last + 1, #ARGV do
  redis.call('HDEL', KEYS[1], ARGV[i])
end
if ARGV[2] ~= 'old' then
  redis.call('HSET', KEYS[1], '~t', string.format('%.0f', now))
end
local idle, stop = string.match(redis.call('HGET', KEYS[1], '~') or '', '^1 %d+ (%d+) (%d+)$')
if not idle then
  redis.call('UNLINK', KEYS[1])
  return 0
end
local ends = now + idle
if stop ~= '0' and tonumber(stop) < ends then
  ends = tonumber(stop)
end
redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', ends))
return ends
