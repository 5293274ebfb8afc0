-- KEYS generation of a tag
-- ARGV number to raise it to when it is lower, or 0; number it gets when it is absent; time to live in ms
-- returns the number in force
local stored = redis.pcall('GET', KEYS[1])
local number = type(stored) == 'string' and tonumber(stored)
if not number then
  number = math.max(tonumber(ARGV[1]), tonumber(ARGV[2]))
else
  number = math.max(number, tonumber(ARGV[1]))
end
local ttl = math.max(tonumber(ARGV[3]), redis.call('PTTL', KEYS[1]))
redis.call('SET', KEYS[1], string.format('%.0f', number), 'PX', string.format('%.0f', ttl))
return number
