-- KEYS object, its lease, its fences
-- ARGV of begin.lua; begin of the marker of this shape; version that is written, empty for none; name and value of each field
-- returns '1' when written, '2' when the object has a higher version and stays, '3' when there is none of this shape, or a transaction is about to write it, and any is removed, '-' when there was no memory and the object was removed
if fenced() then
  return '3'
end
local there = marker()
if string.sub(there, 1, 11) ~= ARGV[2] then
  remove()
  return '3'
end
if above(there, ARGV[2] .. ARGV[3]) then
  void()
  return '2'
end
local new = ARGV[3] ~= '' and ARGV[2] .. ARGV[3] or there
return written(redis.pcall('HSET', KEYS[1], '~', new, unpack(ARGV, 4)), '1')
