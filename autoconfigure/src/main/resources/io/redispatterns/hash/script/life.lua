-- KEYS object
-- ARGV time from now on at which it ends, in ms, 0 to leave it; server time in microseconds after which it is too late, 0 for never
-- returns how long it lives, in ms; -2 when there is none, -3 when it was too late
local there = redis.pcall('HGET', KEYS[1], '~')
if type(there) ~= 'string' then
  return -2
end
if ARGV[1] ~= '0' then
  local time = redis.call('TIME')
  if ARGV[2] ~= '0' and time[1] * 1000000 + time[2] > tonumber(ARGV[2]) then
    return -3
  end
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
return redis.call('PTTL', KEYS[1])
