-- KEYS generation of a cache
-- ARGV ensure | tag | clear, highest number this node knows, highest floor this node knows
-- returns '<number>:<floor>', never lower than this node knows; a lost generation voids every entry
local stored = redis.pcall('GET', KEYS[1])
local number, floor
if type(stored) == 'string' then
  number, floor = string.match(stored, '^(%d+):(%d+)$')
end
local lost = not number
number = math.max(tonumber(number or 0), tonumber(ARGV[2]))
floor = math.max(tonumber(floor or 0), tonumber(ARGV[3]))
if lost or ARGV[1] ~= 'ensure' then
  local time = redis.call('TIME')
  number = math.max(time[1] * 1000000 + time[2], number + 1)
  if lost or ARGV[1] == 'clear' then
    floor = number
  end
end
local value = string.format('%.0f:%.0f', number, floor)
redis.call('SET', KEYS[1], value)
return value
