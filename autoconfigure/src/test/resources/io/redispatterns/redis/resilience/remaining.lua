-- KEYS entry
-- ARGV none
-- returns its time to live in ms
return redis.call('PTTL', KEYS[1])
