-- KEYS object, its lease, its fences, where it was kept meanwhile
-- ARGV what release.lua takes, which goes before; then put | set | remove; server time in microseconds after which it is too late, 0 for never; marker, of set without a version where none is written; time to live in ms; name and value of each field
-- returns 1 when the object is stored, 0 when it is removed, -1 when it is for want of memory
local late = ARGV[5] ~= '0' and time[1] * 1000000 + time[2] > tonumber(ARGV[5])
local kept = ARGV[4] == 'set' and redis.pcall('HGET', KEYS[4], '~')
local usable = ARGV[4] == 'put'
  or type(kept) == 'string' and string.sub(kept, 1, 11) == string.sub(ARGV[6], 1, 11) and not above(kept, ARGV[6])
if not alone or late or not usable then
  redis.call('UNLINK', KEYS[4])
  return 0
end
if kept then
  redis.call('RENAME', KEYS[4], KEYS[1])
end
local stored = redis.pcall('HSET', KEYS[1], '~', #ARGV[6] > 11 and ARGV[6] or kept, unpack(ARGV, 8))
if type(stored) == 'table' then
  redis.call('UNLINK', KEYS[1], KEYS[4])
  return string.find(stored.err, 'OOM ', 1, true) and -1 or stored
end
if not kept then
  redis.call('UNLINK', KEYS[4])
  redis.call('PEXPIRE', KEYS[1], ARGV[7])
end
return 1
