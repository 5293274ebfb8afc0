-- KEYS object, its lease, its fences
-- ARGV server time in microseconds after which it is too late, 0 for never; then those of the write that follows
-- returns '0' when it was too late; else goes on with the write, which ends by what is here
if ARGV[1] ~= '0' then
  local time = redis.call('TIME')
  if time[1] * 1000000 + time[2] > tonumber(ARGV[1]) then
    return '0'
  end
end
local function void()
  local lease = redis.pcall('GET', KEYS[2])
  if lease then
    redis.call('DEL', KEYS[2])
  end
  -- those who wait for its end have their channel beside the objects of the store
  if type(lease) == 'string' and string.sub(lease, 18, 18) == '*' then
    redis.call('PUBLISH', string.match(KEYS[1], '^[^{]*') .. '~w', KEYS[1])
  end
end
local function remove()
  redis.call('UNLINK', KEYS[1])
  void()
end
local function fenced()
  if redis.call('EXISTS', KEYS[3]) == 0 then
    return false
  end
  -- without memory for the mark, a transaction that finds its fence gone stores nothing either
  if type(redis.pcall('ZADD', KEYS[3], '+inf', '!')) == 'table' then
    redis.call('UNLINK', KEYS[3])
  end
  remove()
  return true
end
local function marker()
  local there = redis.pcall('HGET', KEYS[1], '~')
  return type(there) == 'string' and there or ''
end
local function written(reply, good)
  -- not before, as a script that has written is no longer refused for want of memory
  void()
  if type(reply) ~= 'table' then
    return good
  end
  redis.call('UNLINK', KEYS[1])
  return string.find(reply.err, 'OOM ', 1, true) and '-' or reply
end
