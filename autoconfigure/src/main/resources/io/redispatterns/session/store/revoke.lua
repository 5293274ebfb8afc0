-- KEYS session
-- ARGV user whose session it must be
-- returns 1 when it was removed, 0 when there is none of this user
if redis.pcall('HGET', KEYS[1], '~u') ~= ARGV[1] then
  return 0
end
return redis.call('UNLINK', KEYS[1])
