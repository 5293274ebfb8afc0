-- KEYS object, its lease, its fences
-- ARGV of begin.lua; begin of the marker of this shape; name of the field; the value that it is to have; the value to write
-- returns '=' when written, '!' and the value when it is another, '3' when there is no object of this shape, or a transaction is about to write it, and any is removed, '-' when there was no memory and the object was removed
if fenced() then
  return '3'
end
local value = string.sub(marker(), 1, 11) == ARGV[2] and redis.call('HGET', KEYS[1], ARGV[3])
if not value then
  remove()
  return '3'
end
if value ~= ARGV[4] then
  return '!' .. value
end
return written(redis.pcall('HSET', KEYS[1], ARGV[3], ARGV[5]), '=')
