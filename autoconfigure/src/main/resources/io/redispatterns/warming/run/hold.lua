-- KEYS what is known of a warm-up
-- ARGV token of the caller, renew | done | rest, ms of his lease, or in which nobody begins
-- returns 1, or 0 when the caller no longer holds the lease
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then
  return 0
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', KEYS[1], 'until', now + ARGV[3])
if ARGV[2] == 'done' then
  redis.call('HSET', KEYS[1], 'last', redis.call('HGET', KEYS[1], 'begun'))
end
if ARGV[2] ~= 'renew' then
  redis.call('HDEL', KEYS[1], 'owner', 'begun')
end
return 1
