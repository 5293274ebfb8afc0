-- KEYS object, its lease, its fences
-- ARGV what lease.lua takes
-- returns 'e' when there is an object, of whichever shape; else what lease.lua returns, which follows
local there = redis.pcall('HGET', KEYS[1], '~')
if type(there) == 'string' and string.sub(there, 1, 2) == '1:' then
  return 'e'
end
-- what is no hash is in the way, and lease.lua takes it for an entry
if type(there) == 'table' and there.err then
  redis.call('UNLINK', KEYS[1])
end
