-- KEYS entry, its lease, its fences
-- ARGV bytes; time to live in ms; server time in microseconds after which it is too late, 0 for never
-- returns 1 when stored, or removed where a fence is; 0 when it was too late; -1 when there was no memory and the entry was removed instead
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
