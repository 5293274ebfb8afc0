-- KEYS changes by position, position of the last change of each key, state of the queue
-- ARGV deadline of the caller in microseconds of the server's time, or 0; capacity; 1 to coalesce; then key and payload of each change
-- returns the number of the last change, -1 when there is no room for all of them, -2 when the caller has given up
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
if tonumber(ARGV[1]) > 0 and now > tonumber(ARGV[1]) then
  return -2
end
local state = redis.call('HMGET', KEYS[3], 'change', 'tail', 'to')
-- a queue that is new, or was lost, begins above all numbers it had before
local change = tonumber(state[1] or now)
local tail = tonumber(state[2] or now)
local claimed = tonumber(state[3] or 0)
local positions, new, appended = {}, {}, 0
for i = 4, #ARGV, 2 do
  local key = ARGV[i]
  local position = 0
  if ARGV[3] == '1' then
    position = new[key] or tonumber(redis.call('HGET', KEYS[2], key) or 0)
  end
  if position <= claimed then
    appended = appended + 1
    position = tail + appended
    new[key] = position
  end
  positions[i] = position
end
if appended > 0 and redis.call('HLEN', KEYS[1]) + appended > tonumber(ARGV[2]) then
  return -1
end
if not state[2] then
  redis.call('HSET', KEYS[3], 'head', text(now))
end
for i = 4, #ARGV, 2 do
  local key, position = ARGV[i], text(positions[i])
  local replaced = redis.call('HGET', KEYS[1], position)
  local accepted = replaced and since(replaced, now) or now
  change = change + 1
  redis.call('HSET', KEYS[1], position, struct.pack('>I8I8BI4', change, accepted, 0, #key) .. key .. ARGV[i + 1])
  redis.call('HSET', KEYS[2], key, position)
end
redis.call('HSET', KEYS[3], 'change', text(change), 'tail', text(tail + appended))
return change
