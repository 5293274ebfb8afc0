-- KEYS the hash
-- ARGV name and value of each field
-- returns how many fields are new
return redis.call('HSET', KEYS[1], unpack(ARGV))
