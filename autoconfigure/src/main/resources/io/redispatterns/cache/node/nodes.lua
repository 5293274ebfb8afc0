-- KEYS nodes by the time of their last sign of life
-- ARGV here | owing | leave, this node, time in ms after which a node is silent, and dead, microseconds after which the sign is void
-- returns how many nodes are silent
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
-- a sign that runs late says nothing: its node may owe evictions since
if ARGV[1] == 'here' and time[1] * 1000000 + time[2] <= tonumber(ARGV[5]) then
  redis.call('ZADD', KEYS[1], now, ARGV[2])
elseif ARGV[1] == 'leave' then
  redis.call('ZREM', KEYS[1], ARGV[2])
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return redis.call('ZCOUNT', KEYS[1], '-inf', now - ARGV[3])
