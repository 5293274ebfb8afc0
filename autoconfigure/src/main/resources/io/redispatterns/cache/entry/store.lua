-- KEYS entry, its lease, its fences; where one server has all keys, the generation too
-- ARGV bytes; time to live in ms; server time in microseconds after which it is too late, 0 for never; channel and message to other nodes, or empty; stored form of the generation under which the bytes are stamped
-- returns 1 when stored, or removed where a fence is; 2 when the entry there has a higher version and stays; 3 when there is another generation, and nothing is done; 0 when it was too late; -1 when there was no memory and the entry was removed instead
local call = redis.call
if ARGV[4] ~= '' then
  call('PUBLISH', ARGV[4], ARGV[5])
end
if ARGV[3] ~= '0' then
  local time = call('TIME')
  if time[1] * 1000000 + time[2] > tonumber(ARGV[3]) then
    return 0
  end
end
if KEYS[4] and redis.pcall('GET', KEYS[4]) ~= ARGV[6] then
  return 3
end
-- most often there is neither: one command is to tell
if call('EXISTS', KEYS[2], KEYS[3]) > 0 then
  if call('EXISTS', KEYS[3]) == 1 then
    call('UNLINK', KEYS[1], KEYS[2])
    call('ZADD', KEYS[3], '+inf', '!')
    return 1
  end
  local lease = redis.pcall('GET', KEYS[2])
  call('DEL', KEYS[2])
  -- those who wait for its end have their channel beside the entries of the cache
  if type(lease) == 'string' and string.sub(lease, 18, 18) == '*' then
    call('PUBLISH', string.match(KEYS[1], '^[^{]*') .. '~w', KEYS[1])
  end
end
if bit.band(string.byte(ARGV[1], 3), 4) ~= 0 then
  local there = redis.pcall('GETRANGE', KEYS[1], 0, 22)
  if type(there) == 'string' and #there == 23 and string.sub(there, 1, 2) == '\197\1'
      and bit.band(string.byte(there, 3), 4) ~= 0 then
    -- in halves, as Lua has no exact number above 2^53, and compares strings by the locale of the server
    local high, low = struct.unpack('>i4I4', ARGV[1], 16)
    local highThere, lowThere = struct.unpack('>i4I4', there, 16)
    if highThere > high or (highThere == high and lowThere > low) then
      return 2
    end
  end
end
local stored = redis.pcall('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
if not stored.err then
  return 1
end
if not string.find(stored.err, 'OOM ', 1, true) then
  return stored
end
local removed = redis.pcall('UNLINK', KEYS[1], KEYS[2])
return type(removed) == 'table' and stored or -1
