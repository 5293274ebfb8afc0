-- KEYS changes by position, position of the last change of each key
-- ARGV key
-- returns the last change of the key, nil when there is none that is not flushed
local position = redis.call('HGET', KEYS[2], ARGV[1])
return position and redis.call('HGET', KEYS[1], position)
