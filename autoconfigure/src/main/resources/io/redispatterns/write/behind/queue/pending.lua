-- KEYS changes by position, position of the last change of each key
-- ARGV keys
-- returns the last change of each key that has one which is not flushed, behind its length in 4 bytes
local waiting = {}
for _, key in ipairs(ARGV) do
  local position = redis.call('HGET', KEYS[2], key)
  local change = position and redis.call('HGET', KEYS[1], position)
  if change then
    waiting[#waiting + 1] = struct.pack('>I4', #change) .. change
  end
end
return table.concat(waiting)
