-- KEYS list
-- ARGV element
-- returns the length of the list
return redis.call('RPUSH', KEYS[1], ARGV[1])
