-- KEYS any key, for the server that it is on
-- ARGV none
-- returns which keys the server evicts when its memory is full, empty when it has no limit or does not tell
local memory = redis.pcall('INFO', 'memory')
if type(memory) ~= 'string' or string.find(memory, 'maxmemory:0\r', 1, true) then
  return ''
end
return string.match(memory, 'maxmemory_policy:(%S+)') or ''
