-- KEYS object, its lease
-- ARGV server time in microseconds after which it is too late, 0 for never; token of a lease, empty for a put; marker; time to live in ms; name and value of each field
-- returns 1 when stored, 2 when the object there has a higher version and stays, 3 when the lease is void, 0 when it was too late, -1 when there was no memory and the object was removed instead
local function above(one, other)
  -- in halves, as Lua has no exact number above 2^53, and compares strings by the locale of the server
  local high, low = tonumber(string.sub(one, 12, 19), 16), tonumber(string.sub(one, 20, 27), 16)
  local otherHigh, otherLow = tonumber(string.sub(other, 12, 19), 16), tonumber(string.sub(other, 20, 27), 16)
  return high and low and otherHigh and otherLow and (high > otherHigh or (high == otherHigh and low > otherLow))
end
if ARGV[1] ~= '0' then
  local time = redis.call('TIME')
  if time[1] * 1000000 + time[2] > tonumber(ARGV[1]) then
    return 0
  end
end
if ARGV[2] ~= '' and redis.pcall('GET', KEYS[2]) ~= ARGV[2] then
  return 3
end
local there = redis.pcall('HGET', KEYS[1], '~')
if ARGV[2] == '' and type(there) == 'string' and above(there, ARGV[3]) then
  redis.call('DEL', KEYS[2])
  return 2
end
if type(there) == 'table' then
  redis.call('UNLINK', KEYS[1])
end
-- before anything is removed, as a script that has written is no longer refused for want of memory
local stored = redis.pcall('HSET', KEYS[1], '~', ARGV[3], unpack(ARGV, 5))
redis.call('DEL', KEYS[2])
if type(stored) == 'table' then
  redis.call('UNLINK', KEYS[1])
  return string.find(stored.err, 'OOM ', 1, true) and -1 or stored
end
if redis.call('HLEN', KEYS[1]) ~= 1 + (#ARGV - 4) / 2 then
  local known = { ['~'] = true }
  for i = 5, #ARGV, 2 do
    known[ARGV[i]] = true
  end
  for _, name in ipairs(redis.call('HKEYS', KEYS[1])) do
    if not known[name] then
      redis.call('HDEL', KEYS[1], name)
    end
  end
end
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
