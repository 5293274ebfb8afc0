-- KEYS entry
-- ARGV bytes; time to live in ms; server time in microseconds after which it is too late, 0 for never
-- returns 1 when stored, 0 when it was too late, -1 when there was no memory and the entry was removed instead
if ARGV[3] ~= '0' then
  local time = redis.call('TIME')
  if time[1] * 1000000 + time[2] > tonumber(ARGV[3]) then
    return 0
  end
end
local stored = redis.pcall('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
if not stored.err then
  return 1
end
if not string.find(stored.err, 'OOM ', 1, true) then
  return stored
end
local removed = redis.pcall('UNLINK', KEYS[1])
return type(removed) == 'table' and stored or -1
