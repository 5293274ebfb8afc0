-- KEYS: the entry, its lease
-- ARGV: the token, the value, the channel of those who wait; without a value only the lease ends
-- Returns 1 when the value was stored
local lease = redis.call('get', KEYS[2])
if not lease or string.match(lease, '^.([^*]*)') ~= ARGV[1] then
	return 0
end
redis.call('del', KEYS[2])
if ARGV[2] ~= '' then
	redis.call('set', KEYS[1], ARGV[2], 'px', 60000)
end
if string.sub(lease, -1) == '*' then
	redis.call('publish', ARGV[3], KEYS[1])
end
return 1
