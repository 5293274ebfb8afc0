-- KEYS generation of a cache
-- ARGV ensure | tag | clear; highest number and highest floor this node knows; channel and message to other nodes, or empty; then, where a transaction fences the cache, its identity and the ms that lasts, 0 to take the fence away
-- returns '<number>:<floor>', never lower than this node knows, and ';<transaction>=<end in ms>' for each fence; a lost generation voids every entry: without memory for a new number, clear and tag lose it on purpose and return nil
if ARGV[4] ~= '' then
  redis.call('PUBLISH', ARGV[4], ARGV[5])
end
local stored = redis.pcall('GET', KEYS[1])
local number, floor, before
if type(stored) == 'string' then
  number, floor, before = string.match(stored, '^(%d+):(%d+)([;=%x]*)$')
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local fences = ''
for transaction, fenced in string.gmatch(before or '', ';(%x+)=(%d+)') do
  if transaction ~= ARGV[6] and tonumber(fenced) > now then
    fences = fences .. ';' .. transaction .. '=' .. fenced
  end
end
local fencing = ARGV[6] and ARGV[7] ~= '0'
if fencing then
  fences = fences .. ';' .. ARGV[6] .. '=' .. string.format('%.0f', now + ARGV[7])
end
-- a number that Lua cannot count on was not written here
local lost = not number or tonumber(number) >= 2 ^ 53 or tonumber(floor) > tonumber(number)
number = math.max(lost and 0 or tonumber(number), tonumber(ARGV[2]))
floor = math.max(lost and 0 or tonumber(floor), tonumber(ARGV[3]))
if lost or ARGV[1] ~= 'ensure' or fences ~= before then
  number = math.max(time[1] * 1000000 + time[2], number + 1)
  if lost or ARGV[1] == 'clear' then
    floor = number
  end
end
local value = string.format('%.0f:%.0f', number, floor) .. fences
if value == stored then
  return value
end
local written = redis.pcall('SET', KEYS[1], value)
if not written.err then
  return value
end
if ARGV[1] == 'ensure' or fencing or not string.find(written.err, 'OOM ', 1, true) then
  return written
end
redis.call('UNLINK', KEYS[1])
return false
