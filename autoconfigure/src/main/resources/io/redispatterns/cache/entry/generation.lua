-- KEYS generation of a cache
-- ARGV ensure | tag | clear, highest number this node knows, highest floor this node knows
-- returns '<number>:<floor>', never lower than this node knows; a lost generation voids every entry: without memory for
-- a new number, clear and tag lose it on purpose and return nil
local stored = redis.pcall('GET', KEYS[1])
local number, floor
if type(stored) == 'string' then
  number, floor = string.match(stored, '^(%d+):(%d+)$')
end
-- a number that Lua cannot count on was not written here
local lost = not number or tonumber(number) >= 2 ^ 53 or tonumber(floor) > tonumber(number)
number = math.max(lost and 0 or tonumber(number), tonumber(ARGV[2]))
floor = math.max(lost and 0 or tonumber(floor), tonumber(ARGV[3]))
if lost or ARGV[1] ~= 'ensure' then
  local time = redis.call('TIME')
  number = math.max(time[1] * 1000000 + time[2], number + 1)
  if lost or ARGV[1] == 'clear' then
    floor = number
  end
end
local value = string.format('%.0f:%.0f', number, floor)
if value == stored then
  return value
end
local written = redis.pcall('SET', KEYS[1], value)
if not written.err then
  return value
end
if ARGV[1] == 'ensure' or not string.find(written.err, 'OOM ', 1, true) then
  return written
end
redis.call('UNLINK', KEYS[1])
return false
