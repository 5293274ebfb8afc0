-- KEYS object, its lease
-- ARGV none
-- returns 1 when an object was removed, 0 when there was none
redis.call('DEL', KEYS[2])
return redis.call('UNLINK', KEYS[1])
