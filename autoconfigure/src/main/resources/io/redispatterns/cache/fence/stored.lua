-- KEYS entry, its lease, its fences
-- ARGV what release.lua takes, which goes before; then, for a value that takes the place of the entry, the first arguments of store.lua, or one that is empty after a rollback
-- returns 1 when a value is stored, 0 when the entry is removed, -1 when it is for want of memory
local function versioned(entry)
  return bit.band(string.byte(entry, 3), 4) ~= 0
end
-- in halves, as Lua has no exact number above 2^53, and compares strings by the locale of the server
local function above(one, other)
  local high, low = struct.unpack('>i4I4', one, 16)
  local otherHigh, otherLow = struct.unpack('>i4I4', other, 16)
  return high > otherHigh or (high == otherHigh and low > otherLow)
end
-- '=', a time to live, '=' and bytes: the newest value of those that have committed beside others, when each has a version; '<' and first bytes: nothing older than that
local kept, bytes, ttl, floor
local contested = died > 0
for _, mark in ipairs(marks) do
  local kind = string.sub(mark, 1, 1)
  contested = contested or kind == '!'
  if kind == '<' and (not floor or above(string.sub(mark, 2), floor)) then
    floor = string.sub(mark, 2)
  elseif kind == '=' then
    kept = mark
    local second = string.find(mark, '=', 2, true)
    ttl, bytes = string.sub(mark, 2, second - 1), string.sub(mark, second + 1)
  end
end
if ARGV[4] ~= '' then
  local late = ARGV[6] and ARGV[6] ~= '0' and time[1] * 1000000 + time[2] > tonumber(ARGV[6])
  if not ARGV[4] or late or not own or (others > 0 and not versioned(ARGV[4])) then
    contested = true
  elseif not bytes or not versioned(ARGV[4]) or above(ARGV[4], bytes) then
    bytes, ttl = ARGV[4], ARGV[5]
  end
end
if others > 0 then
  local mark = contested and '!' or bytes and '=' .. ttl .. '=' .. bytes
  if kept and mark ~= kept then
    redis.call('ZREM', KEYS[3], kept)
  end
  -- without memory for the mark, a transaction that finds its fence gone stores nothing
  if mark and type(redis.pcall('ZADD', KEYS[3], '+inf', mark)) == 'table' then
    redis.call('UNLINK', KEYS[3])
  end
  return 0
end
if contested or not bytes or (floor and (not versioned(bytes) or above(floor, bytes))) then
  return 0
end
local stored = redis.pcall('SET', KEYS[1], bytes, 'PX', ttl)
if not stored.err then
  return 1
end
return string.find(stored.err, 'OOM ', 1, true) and -1 or stored
