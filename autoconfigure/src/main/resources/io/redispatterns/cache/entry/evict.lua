-- KEYS entry
-- ARGV server time in microseconds until which a lost write may still run, 0 for none
-- returns 1 when there is no entry any more, 0 when it is too early
if ARGV[1] ~= '0' then
  local time = redis.call('TIME')
  if time[1] * 1000000 + time[2] <= tonumber(ARGV[1]) then
    return 0
  end
end
redis.call('UNLINK', KEYS[1])
return 1
