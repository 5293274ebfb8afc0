-- KEYS changes by position, position of the last change of each key, state of the queue, dead letter
-- ARGV most changes to take back; capacity
-- returns how many changes wait again; one whose key has a newer change that waits is dropped, and so are bytes that are no change
local state = redis.call('HMGET', KEYS[3], 'change', 'tail')
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local first = tonumber(state[2] or now)
local tail = first
local room = tonumber(ARGV[2]) - redis.call('HLEN', KEYS[1])
for _, letter in ipairs(redis.call('XRANGE', KEYS[4], '-', '+', 'COUNT', ARGV[1])) do
  local fields = {}
  for i = 1, #letter[2], 2 do
    fields[letter[2][i]] = letter[2][i + 1]
  end
  local key = fields.key
  if key ~= '' and redis.call('HEXISTS', KEYS[2], key) == 0 then
    if tail - first >= room then
      break
    end
    tail = tail + 1
    -- under its old number, by which a flush can tell that the row is newer
    local header = struct.pack('>I8I8BI4', tonumber(fields.sequence), now, 0, #key)
    redis.call('HSET', KEYS[1], text(tail), header .. key .. fields.change)
    redis.call('HSET', KEYS[2], key, text(tail))
  end
  redis.call('XDEL', KEYS[4], letter[1])
end
if tail > first then
  if not state[2] then
    redis.call('HSET', KEYS[3], 'head', text(first))
  end
  redis.call('HSET', KEYS[3], 'change', state[1] or text(now), 'tail', text(tail))
end
return tail - first
