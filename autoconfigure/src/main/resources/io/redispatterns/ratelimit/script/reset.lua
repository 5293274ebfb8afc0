-- KEYS block, states and violations of a subject
-- ARGV none
-- returns how many of them there were
return redis.call('UNLINK', unpack(KEYS))
