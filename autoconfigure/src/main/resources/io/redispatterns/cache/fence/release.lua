-- KEYS entry, its lease, its fences
-- ARGV transaction; channel and message to other nodes, or empty; then what takes the place of the entry
-- returns nothing: removes the entry and the fence, and goes on with what stores, if the transaction was alone
if ARGV[2] ~= '' then
  redis.call('PUBLISH', ARGV[2], ARGV[3])
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local own = redis.call('ZSCORE', KEYS[3], ARGV[1]) or redis.call('ZSCORE', KEYS[3], ARGV[1] .. 'v')
own = own and tonumber(own) > now
redis.call('ZREM', KEYS[3], ARGV[1], ARGV[1] .. 'v')
local died = redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now)
local others = redis.call('ZCOUNT', KEYS[3], '-inf', '(+inf')
local marks = redis.call('ZRANGEBYSCORE', KEYS[3], '+inf', '+inf')
if others == 0 then
  redis.call('UNLINK', KEYS[3])
end
redis.call('UNLINK', KEYS[1], KEYS[2])
local alone = own and #marks == 0 and others == 0
