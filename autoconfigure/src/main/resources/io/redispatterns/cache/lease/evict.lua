-- KEYS entry, its lease, its fences
-- ARGV server time in microseconds until which a lost write may still run, 0 for none; channel and message to other nodes, or empty
-- returns 2 when an entry was removed, 1 when there was none, 0 when it is too early
if ARGV[2] ~= '' then
  redis.call('PUBLISH', ARGV[2], ARGV[3])
end
if ARGV[1] ~= '0' then
  local time = redis.call('TIME')
  if time[1] * 1000000 + time[2] <= tonumber(ARGV[1]) then
    return 0
  end
end
local lease = redis.pcall('GET', KEYS[2])
local removed = redis.call('UNLINK', KEYS[1])
if lease then
  redis.call('DEL', KEYS[2])
end
-- those who wait for its end have their channel beside the entries of the cache
if type(lease) == 'string' and string.sub(lease, 18, 18) == '*' then
  redis.call('PUBLISH', string.match(KEYS[1], '^[^{]*') .. '~w', KEYS[1])
end
-- without memory for the mark, a transaction that finds its fence gone stores nothing either
if redis.call('EXISTS', KEYS[3]) == 1 and type(redis.pcall('ZADD', KEYS[3], '+inf', '!')) == 'table' then
  redis.call('UNLINK', KEYS[3])
end
return 1 + removed
