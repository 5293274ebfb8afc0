-- KEYS the lock
-- ARGV its holder
-- returns 1 when the holder held it, 0 when it was lost before
return redis.call('HDEL', KEYS[1], ARGV[1])
