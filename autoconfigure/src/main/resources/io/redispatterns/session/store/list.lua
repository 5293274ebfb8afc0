-- KEYS sessions of a user
-- ARGV none
-- returns the sessions that have not ended, oldest end first, one a line
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. string.format('%.0f', now))
return table.concat(redis.call('ZRANGE', KEYS[1], 0, -1), '\n')
