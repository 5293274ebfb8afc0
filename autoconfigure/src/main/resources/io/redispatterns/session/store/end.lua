-- KEYS session; where all keys may go together, sessions of its user
-- ARGV with a second key the name of the session there
-- returns whose the session was, empty for nobody's; nil when there was none
local user = redis.pcall('HGET', KEYS[1], '~u')
if KEYS[2] then
  redis.pcall('ZREM', KEYS[2], ARGV[1])
end
if redis.call('UNLINK', KEYS[1]) == 0 then
  return false
end
return type(user) == 'string' and user or ''
