-- KEYS: the entry, its lease
-- ARGV: a new token, how long it lasts in milliseconds, 1 to hold it alone
-- Returns F and the entry, B and how long the lease of another lasts, or G and the token
local found = redis.call('get', KEYS[1])
if found then
	return 'F' .. found
end
local lease = redis.call('get', KEYS[2])
local kind = (ARGV[3] == '1') and 'x' or 's'
if not lease then
	redis.call('set', KEYS[2], kind .. ARGV[1], 'px', ARGV[2])
	return 'G' .. ARGV[1]
end
local token = string.match(lease, '^.([^*]*)')
if kind == 'x' then
	if string.sub(lease, 1, 1) == 'x' then
		redis.call('set', KEYS[2], 'x' .. token .. '*', 'keepttl')
		return 'B' .. redis.call('pttl', KEYS[2])
	end
	redis.call('set', KEYS[2], 'x' .. token, 'keepttl')
end
return 'G' .. token
