-- KEYS object, its lease
-- ARGV server time in microseconds after which it is too late, 0 for never; begin of the marker of this shape; name of the field; what to add; least and greatest sum, empty for 64 bits
-- returns '=' and the sum, '0' when it was too late, '3' when there is no object of this shape and any other was removed, 'o' when the sum does not fit, 'n' when there is no whole number, '-' when there was no memory and the object was removed
if ARGV[1] ~= '0' then
  local time = redis.call('TIME')
  if time[1] * 1000000 + time[2] > tonumber(ARGV[1]) then
    return '0'
  end
end
local there = redis.pcall('HGET', KEYS[1], '~')
if type(there) ~= 'string' or string.sub(there, 1, 11) ~= ARGV[2] or redis.call('HEXISTS', KEYS[1], ARGV[3]) == 0 then
  redis.call('UNLINK', KEYS[1], KEYS[2])
  return '3'
end
local before = redis.call('HGET', KEYS[1], ARGV[3])
local sum = redis.pcall('HINCRBY', KEYS[1], ARGV[3], ARGV[4])
if type(sum) == 'number' and ARGV[5] ~= '' and (sum < tonumber(ARGV[5]) or sum > tonumber(ARGV[6])) then
  redis.call('HSET', KEYS[1], ARGV[3], before)
  return 'o'
end
redis.call('DEL', KEYS[2])
if type(sum) == 'number' then
  -- not the number itself, which Lua has rounded above 2^53
  return '=' .. redis.call('HGET', KEYS[1], ARGV[3])
end
if string.find(sum.err, 'OOM ', 1, true) then
  redis.call('UNLINK', KEYS[1])
  return '-'
end
if string.find(sum.err, 'overflow', 1, true) then
  return 'o'
end
return string.find(sum.err, 'not an integer', 1, true) and 'n' or sum
