-- KEYS entry, its lease, its fences
-- ARGV transaction; channel and message to other nodes, or empty; then, for a value that takes the place of the entry, the first arguments of store.lua
-- returns 1 when the value is stored, 0 when the entry is removed, -1 when it is for want of memory
if ARGV[2] ~= '' then
  redis.call('PUBLISH', ARGV[2], ARGV[3])
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local own = redis.call('ZSCORE', KEYS[3], ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now)
local contested = redis.call('ZSCORE', KEYS[3], '!') and 1 or 0
local others = redis.call('ZCARD', KEYS[3]) - contested
if others == 0 then
  redis.call('UNLINK', KEYS[3])
end
redis.call('UNLINK', KEYS[1], KEYS[2])
local alone = own and tonumber(own) > now and contested == 0 and others == 0
if not alone or not ARGV[4] then
  return 0
end
if ARGV[6] ~= '0' and time[1] * 1000000 + time[2] > tonumber(ARGV[6]) then
  return 0
end
local stored = redis.pcall('SET', KEYS[1], ARGV[4], 'PX', ARGV[5])
if not stored.err then
  return 1
end
return string.find(stored.err, 'OOM ', 1, true) and -1 or stored
