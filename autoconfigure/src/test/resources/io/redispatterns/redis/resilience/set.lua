-- KEYS entry
-- ARGV value; time to live in ms
-- returns 1
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
