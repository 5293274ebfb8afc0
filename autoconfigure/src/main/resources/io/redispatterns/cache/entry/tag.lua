-- KEYS generation of a tag
-- ARGV number to raise it to when it is lower, or 0; number it gets when it is absent; time to live in ms; channel and message to other nodes, or empty
-- returns the number in force; 0 when there was no memory to raise it and it was lost on purpose, which voids as much
if ARGV[4] ~= '' then
  redis.call('PUBLISH', ARGV[4], ARGV[5])
end
local stored = redis.pcall('GET', KEYS[1])
local number = type(stored) == 'string' and tonumber(string.match(stored, '^%d+$'))
-- a number that Lua cannot count on was not written here
if not number or number >= 2 ^ 53 then
  number = math.max(tonumber(ARGV[1]), tonumber(ARGV[2]))
else
  number = math.max(number, tonumber(ARGV[1]))
end
local ttl = math.max(tonumber(ARGV[3]), redis.call('PTTL', KEYS[1]))
local written = redis.pcall('SET', KEYS[1], string.format('%.0f', number), 'PX', string.format('%.0f', ttl))
if not written.err then
  return number
end
if ARGV[1] == '0' or not string.find(written.err, 'OOM ', 1, true) then
  return written
end
redis.call('UNLINK', KEYS[1])
return 0
