-- KEYS entry, its lease, its fences
-- ARGV transaction; lifetime of the fence in ms; token of the lease under which a value was loaded, empty for none; channel and message to other nodes, or empty; then 'v' when the change is a value with a version
-- returns 1, or 0 when there was such a token and its lease was void
if ARGV[4] ~= '' then
  redis.call('PUBLISH', ARGV[4], ARGV[5])
end
local lease = redis.pcall('GET', KEYS[2])
local good = ARGV[3] == '' or type(lease) == 'string' and string.sub(lease, 2, 17) == ARGV[3]
redis.call('UNLINK', KEYS[1], KEYS[2])
-- those who wait for its end have their channel beside the entries of the cache
if type(lease) == 'string' and string.sub(lease, 18, 18) == '*' then
  redis.call('PUBLISH', string.match(KEYS[1], '^[^{]*') .. '~w', KEYS[1])
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now)
local own = redis.call('ZREM', KEYS[3], ARGV[1], ARGV[1] .. 'v')
local fences = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', '(+inf')
local versioned = ARGV[6] == 'v'
local contested = #fences > 0 and not versioned
for _, fence in ipairs(fences) do
  contested = contested or string.sub(fence, -1) ~= 'v'
end
if contested then
  redis.call('ZADD', KEYS[3], '+inf', '!')
elseif #fences + own == 0 then
  redis.call('UNLINK', KEYS[3])
end
redis.call('ZADD', KEYS[3], string.format('%.0f', now + ARGV[2]), ARGV[1] .. (versioned and 'v' or ''))
redis.call('PEXPIRE', KEYS[3], ARGV[2])
return good and 1 or 0
