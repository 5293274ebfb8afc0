-- KEYS changes by position, position of the last change of each key
-- ARGV number of the first change, then the keys of the changes
-- returns how many changes are still the last of their keys, and are marked: no cache holds what was before them
local marked = 0
for i = 2, #ARGV do
  local position = redis.call('HGET', KEYS[2], ARGV[i])
  local change = position and redis.call('HGET', KEYS[1], position)
  if change and number_of(change) == ARGV[1] + i - 2 then
    redis.call('HSET', KEYS[1], position, string.sub(change, 1, 16) .. '\1' .. string.sub(change, 18))
    marked = marked + 1
  end
end
return marked
