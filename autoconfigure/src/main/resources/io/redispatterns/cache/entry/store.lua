-- KEYS entry, its lease, its fences
-- ARGV bytes; time to live in ms; server time in microseconds after which it is too late, 0 for never; channel and message to other nodes, or empty
-- returns 1 when stored, or removed where a fence is; 2 when the entry there has a higher version and stays; 0 when it was too late; -1 when there was no memory and the entry was removed instead
local function versioned(entry)
  return type(entry) == 'string' and #entry >= 23 and string.sub(entry, 1, 2) == '\197\1'
    and bit.band(string.byte(entry, 3), 4) ~= 0
end
-- in halves, as Lua has no exact number above 2^53, and compares strings by the locale of the server
local function above(one, other, at)
  local high, low = struct.unpack('>i4I4', one, at)
  local otherHigh, otherLow = struct.unpack('>i4I4', other, at)
  return high > otherHigh or (high == otherHigh and low > otherLow)
end
if ARGV[4] ~= '' then
  redis.call('PUBLISH', ARGV[4], ARGV[5])
end
if ARGV[3] ~= '0' then
  local time = redis.call('TIME')
  if time[1] * 1000000 + time[2] > tonumber(ARGV[3]) then
    return 0
  end
end
if redis.call('EXISTS', KEYS[3]) == 1 then
  redis.call('UNLINK', KEYS[1], KEYS[2])
  redis.call('ZADD', KEYS[3], '+inf', '!')
  return 1
end
if versioned(ARGV[1]) then
  local there = redis.pcall('GETRANGE', KEYS[1], 0, 22)
  if versioned(there) and above(there, ARGV[1], 16) then
    redis.call('DEL', KEYS[2])
    return 2
  end
end
local stored = redis.pcall('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
if not stored.err then
  redis.call('DEL', KEYS[2])
  return 1
end
if not string.find(stored.err, 'OOM ', 1, true) then
  return stored
end
local removed = redis.pcall('UNLINK', KEYS[1], KEYS[2])
return type(removed) == 'table' and stored or -1
