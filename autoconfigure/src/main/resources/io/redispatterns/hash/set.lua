-- KEYS object, its lease
-- ARGV server time in microseconds after which it is too late, 0 for never; begin of the marker of this shape; version that is written, empty for none; name and value of each field
-- returns 1 when written, 2 when the object has a higher version and stays, 3 when there is none of this shape and any other was removed, 0 when it was too late, -1 when there was no memory and the object was removed
local function above(one, other)
  -- in halves, as Lua has no exact number above 2^53, and compares strings by the locale of the server
  local high, low = tonumber(string.sub(one, 1, 8), 16), tonumber(string.sub(one, 9, 16), 16)
  local otherHigh, otherLow = tonumber(string.sub(other, 1, 8), 16), tonumber(string.sub(other, 9, 16), 16)
  return high and low and otherHigh and otherLow and (high > otherHigh or (high == otherHigh and low > otherLow))
end
if ARGV[1] ~= '0' then
  local time = redis.call('TIME')
  if time[1] * 1000000 + time[2] > tonumber(ARGV[1]) then
    return 0
  end
end
local there = redis.pcall('HGET', KEYS[1], '~')
if type(there) ~= 'string' or string.sub(there, 1, 11) ~= ARGV[2] then
  redis.call('UNLINK', KEYS[1], KEYS[2])
  return 3
end
local version = string.sub(there, 12)
if ARGV[3] ~= '' and above(version, ARGV[3]) then
  redis.call('DEL', KEYS[2])
  return 2
end
local marker = ARGV[2] .. (ARGV[3] ~= '' and ARGV[3] or version)
local written = redis.pcall('HSET', KEYS[1], '~', marker, unpack(ARGV, 4))
redis.call('DEL', KEYS[2])
if type(written) == 'table' then
  redis.call('UNLINK', KEYS[1])
  return string.find(written.err, 'OOM ', 1, true) and -1 or written
end
return 1
