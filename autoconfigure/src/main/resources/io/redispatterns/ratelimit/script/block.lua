-- KEYS block of a subject
-- ARGV its length in microseconds, 0 to end it
-- returns 1
if ARGV[1] == '0' then
  redis.call('UNLINK', KEYS[1])
else
  redis.call('SET', KEYS[1], text(now + ARGV[1]), 'PX', millis(ARGV[1]))
end
return 1
