-- KEYS state of the queue
-- ARGV owner; ms for which it goes on to hold its batch, 0 to leave the batch to anybody
-- returns 1 when the batch is the owner's, 0 when it is not any more
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then
  return 0
end
if ARGV[2] == '0' then
  redis.call('HDEL', KEYS[1], 'owner', 'until')
else
  local time = redis.call('TIME')
  redis.call('HSET', KEYS[1], 'until', string.format('%.0f', time[1] * 1000000 + time[2] + ARGV[2] * 1000))
end
return 1
