-- KEYS none
-- ARGV none
-- returns nothing: begins what ends sessions in time, with the server's time in ms and what the sessions of a user need
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function text(number)
  return string.format('%.0f', number)
end
local function ending(idle, stop)
  local ends = now + idle
  return (stop ~= '0' and tonumber(stop) < ends) and tonumber(stop) or ends
end
-- Removes the sessions that have ended; the whole key when it is of another type, and tells so
local function sweep(key)
  local swept = redis.pcall('ZREMRANGEBYSCORE', key, '-inf', '(' .. text(now))
  return type(swept) == 'table' and string.find(swept.err, 'WRONGTYPE', 1, true) ~= nil
    and redis.call('UNLINK', key) == 1
end
-- The key ends with its last session
local function keep(key)
  local last = redis.call('ZRANGE', key, -1, -1, 'WITHSCORES')
  if last[2] then
    redis.call('PEXPIREAT', key, text(last[2]))
  end
end
