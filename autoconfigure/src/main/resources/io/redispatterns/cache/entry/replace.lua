-- KEYS entry
-- ARGV bytes the entry must have, empty for none; new bytes; time to live in ms
-- returns 1 when replaced, 0 when the entry was another
local stored = redis.pcall('GET', KEYS[1])
if type(stored) ~= 'string' then
  stored = ''
end
if stored ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
