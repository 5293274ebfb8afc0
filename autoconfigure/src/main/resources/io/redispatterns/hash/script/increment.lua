-- KEYS object, its lease, its fences
-- ARGV of begin.lua; begin of the marker of this shape; name of the field; what to add; least and greatest sum, empty for 64 bits
-- returns '=' and the sum, '3' when there is no object of this shape, or a transaction is about to write it, and any is removed, 'o' when the sum does not fit, 'n' when there is no whole number, '-' when there was no memory and the object was removed
if fenced() then
  return '3'
end
local before = string.sub(marker(), 1, 11) == ARGV[2] and redis.call('HGET', KEYS[1], ARGV[3])
if not before then
  remove()
  return '3'
end
local sum = redis.pcall('HINCRBY', KEYS[1], ARGV[3], ARGV[4])
if type(sum) == 'number' and ARGV[5] ~= '' and (sum < tonumber(ARGV[5]) or sum > tonumber(ARGV[6])) then
  redis.call('HSET', KEYS[1], ARGV[3], before)
  return 'o'
end
if type(sum) ~= 'table' or string.find(sum.err, 'OOM ', 1, true) then
  -- not the number itself, which Lua has rounded above 2^53
  return written(sum, type(sum) == 'number' and '=' .. redis.call('HGET', KEYS[1], ARGV[3]))
end
void()
if string.find(sum.err, 'overflow', 1, true) then
  return 'o'
end
return string.find(sum.err, 'not an integer', 1, true) and 'n' or sum
