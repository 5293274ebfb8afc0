-- KEYS entry, its lease, its fences
-- ARGV token; bytes, empty to store nothing; time to live in ms; channel of those who wait for the lease; leave | remove
-- returns 1 when the lease was good and the bytes are stored, 0 when it was not, -1 when there was no memory
local lease = redis.pcall('GET', KEYS[2])
local good = type(lease) == 'string' and string.sub(lease, 2, 17) == ARGV[1]
local fenced = redis.call('EXISTS', KEYS[3]) == 1
if not good or fenced then
  -- what is to be stored may have been written, not loaded
  if ARGV[5] == 'remove' then
    redis.call('UNLINK', KEYS[1], KEYS[2])
    if fenced then
      redis.call('ZADD', KEYS[3], '+inf', '!')
    end
  end
  redis.call('PUBLISH', ARGV[4], KEYS[1])
  return 0
end
local stored = ARGV[2] == '' or redis.pcall('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
if ARGV[5] == 'leave' then
  redis.call('DEL', KEYS[2])
elseif #lease > 17 then
  redis.call('SET', KEYS[2], string.sub(lease, 1, 17), 'KEEPTTL')
end
if #lease > 17 then
  redis.call('PUBLISH', ARGV[4], KEYS[1])
end
if stored ~= true and stored.err then
  return string.find(stored.err, 'OOM ', 1, true) and -1 or stored
end
return 1
