-- KEYS entry, its lease, its fences
-- ARGV what release.lua takes, which goes before; then, for a value that takes the place of the entry, the first arguments of store.lua
-- returns 1 when the value is stored, 0 when the entry is removed, -1 when it is for want of memory
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
