-- KEYS object, its lease, its fences
-- ARGV of begin.lua; token of a lease, empty for a put; marker; time to live in ms; name and value of each field
-- returns '1' when stored, '2' when the object there has a higher version and stays, '3' when the lease is void, or a transaction is about to write the object and it is removed, '-' when there was no memory and the object was removed instead
if ARGV[2] ~= '' then
  local lease = redis.pcall('GET', KEYS[2])
  if type(lease) ~= 'string' or string.sub(lease, 2, 17) ~= ARGV[2] then
    return '3'
  end
elseif fenced() then
  return '3'
end
local there = redis.pcall('HGET', KEYS[1], '~')
if ARGV[2] == '' and type(there) == 'string' and above(there, ARGV[3]) then
  void()
  return '2'
end
if type(there) == 'table' then
  redis.call('UNLINK', KEYS[1])
end
-- before anything is removed, as a script that has written is no longer refused for want of memory
local stored = written(redis.pcall('HSET', KEYS[1], '~', ARGV[3], unpack(ARGV, 5)), '1')
if stored ~= '1' then
  return stored
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
return '1'
