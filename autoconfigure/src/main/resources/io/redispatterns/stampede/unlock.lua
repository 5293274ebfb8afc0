-- KEYS: the lock
-- ARGV: its holder, the channel of those who wait, the message to them, the command that sends it
-- Returns 1, also where the lock was lost before, or 0 when somebody else holds it
if redis.call('hdel', KEYS[1], ARGV[1]) == 0 and redis.call('exists', KEYS[1]) == 1 then
	return 0
end
redis.call(ARGV[4], ARGV[2], ARGV[3])
return 1
