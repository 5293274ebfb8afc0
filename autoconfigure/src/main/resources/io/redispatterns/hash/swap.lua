-- KEYS object, its lease
-- ARGV server time in microseconds after which it is too late, 0 for never; begin of the marker of this shape; name of the field; the value that it is to have; the value to write
-- returns '=' when written, '!' and the value when it is another, '0' when it was too late, '3' when there is no object of this shape and any other was removed, '-' when there was no memory and the object was removed
if ARGV[1] ~= '0' then
  local time = redis.call('TIME')
  if time[1] * 1000000 + time[2] > tonumber(ARGV[1]) then
    return '0'
  end
end
local there = redis.pcall('HGET', KEYS[1], '~')
local value = type(there) == 'string' and redis.call('HGET', KEYS[1], ARGV[3])
if not value or string.sub(there, 1, 11) ~= ARGV[2] then
  redis.call('UNLINK', KEYS[1], KEYS[2])
  return '3'
end
if value ~= ARGV[4] then
  return '!' .. value
end
local written = redis.pcall('HSET', KEYS[1], ARGV[3], ARGV[5])
redis.call('DEL', KEYS[2])
if type(written) == 'table' then
  redis.call('UNLINK', KEYS[1])
  return string.find(written.err, 'OOM ', 1, true) and '-' or written
end
return '='
