-- KEYS entry, its lease, its fences
-- ARGV token; bytes, empty to store nothing; time to live in ms; channel of those who wait for the lease; leave | remove; first bytes of the entry seen before the load; channel and message to other nodes, or empty
-- returns 1 when the lease was good and the bytes are stored, 0 when it was not or another has stored other bytes under it, -1 when there was no memory
local function versioned(entry)
  return #entry >= 23 and string.sub(entry, 1, 2) == '\197\1' and bit.band(string.byte(entry, 3), 4) ~= 0
end
-- in halves, as Lua has no exact number above 2^53, and compares strings by the locale of the server
local function above(one, other)
  if not versioned(one) or not versioned(other) then
    return false
  end
  local high, low = struct.unpack('>i4I4', one, 16)
  local otherHigh, otherLow = struct.unpack('>i4I4', other, 16)
  return high > otherHigh or (high == otherHigh and low > otherLow)
end
local function value(entry)
  local flags = string.byte(entry, 3)
  local begin = 16 + 2 * bit.band(flags, 4) + 1.5 * bit.band(flags, 8)
  return bit.band(flags, 1) .. string.sub(entry, begin)
end
local there = redis.pcall('GETRANGE', KEYS[1], 0, 22)
there = type(there) == 'string' and there or ''
local lease = redis.pcall('GET', KEYS[2])
local good = type(lease) == 'string' and string.sub(lease, 2, 17) == ARGV[1]
local fenced = redis.call('EXISTS', KEYS[3]) == 1
-- what another has stored under the lease, which several share, may have been written, not loaded: all must bring the same
local digest = good and ARGV[2] ~= '' and (ARGV[5] == 'remove' or #lease > 40) and redis.sha1hex(value(ARGV[2]))
local other = digest and #lease > 40 and string.sub(lease, -40) ~= digest
local replaced = good and ARGV[2] ~= '' and there ~= '' and string.sub(there, 1, 15) ~= ARGV[6]
local same = not other and replaced and #there >= 15 and value(redis.call('GET', KEYS[1])) == value(ARGV[2])
local changed = other or (replaced and not same)
-- what is there stays where it is as new as what was put, so that a later put has a version to compare with
local function outdated()
  return above(there, ARGV[2])
    or (versioned(there) and versioned(ARGV[2]) and not above(ARGV[2], there) and value(redis.call('GET', KEYS[1])) == value(ARGV[2]))
end
-- what was put on a miss may have been written; what was loaded is news where another value was
if ARGV[7] ~= '' and (ARGV[5] == 'remove' or (good and changed)) then
  redis.call('PUBLISH', ARGV[7], ARGV[8])
end
if not good or fenced or (changed and not above(ARGV[2], there)) then
  -- and so may what is to be stored
  if ARGV[5] == 'remove' and (fenced or not outdated()) then
    redis.call('UNLINK', KEYS[1])
  end
  if ARGV[5] == 'remove' or changed then
    redis.call('DEL', KEYS[2])
  end
  -- what is as new as this may still take the place of the entry, as long as there are few such marks
  if ARGV[5] == 'remove' and fenced then
    local few = redis.call('ZCOUNT', KEYS[3], '+inf', '+inf') < 16
    redis.call('ZADD', KEYS[3], '+inf', few and versioned(ARGV[2]) and '<' .. string.sub(ARGV[2], 1, 23) or '!')
  end
  redis.call('PUBLISH', ARGV[4], KEYS[1])
  return 0
end
local stored = ARGV[2] == '' or same or redis.pcall('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
if ARGV[5] == 'leave' or redis.pcall('SET', KEYS[2], string.sub(lease, 1, 17) .. digest, 'KEEPTTL').err then
  redis.call('DEL', KEYS[2])
end
if string.sub(lease, 18, 18) == '*' then
  redis.call('PUBLISH', ARGV[4], KEYS[1])
end
if stored ~= true and stored.err then
  return string.find(stored.err, 'OOM ', 1, true) and -1 or stored
end
return 1
