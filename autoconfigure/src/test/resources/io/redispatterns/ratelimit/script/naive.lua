-- KEYS block of the subject; state of one policy
-- ARGV as of decide.lua, for one policy and one request of cost 1
-- returns as decide.lua: the sorted set that many use, which counts before it decides
local key, limit, span = KEYS[2], tonumber(ARGV[7]), tonumber(ARGV[8])
redis.call('ZREMRANGEBYSCORE', key, '-inf', text(now - span))
redis.call('ZADD', key, text(now), text(now) .. ':' .. redis.call('ZCARD', key))
local count = redis.call('ZCARD', key)
redis.call('PEXPIRE', key, millis(span))
return table.concat({ text(now), 0, count > limit and text(span) or 0, math.max(limit - count, 0), 0 }, ' ')
