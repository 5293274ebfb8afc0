-- KEYS entry, its lease, its fences
-- ARGV bytes the entry must have, empty for none; new bytes; time to live in ms; deadline, channel and message as of store.lua
-- returns 1 when replaced, or removed where a fence is; 0 when the entry was another; -1 when it was too late
if ARGV[5] ~= '' then
  redis.call('PUBLISH', ARGV[5], ARGV[6])
end
local stored = redis.pcall('GET', KEYS[1])
if type(stored) ~= 'string' then
  stored = ''
end
if stored ~= ARGV[1] then
  return 0
end
if ARGV[4] ~= '0' then
  local time = redis.call('TIME')
  if time[1] * 1000000 + time[2] > tonumber(ARGV[4]) then
    return -1
  end
end
if redis.call('EXISTS', KEYS[3]) == 1 then
  redis.call('UNLINK', KEYS[1], KEYS[2])
  redis.call('ZADD', KEYS[3], '+inf', '!')
  return 1
end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
redis.call('DEL', KEYS[2])
return 1
