-- KEYS what is known of a warm-up
-- ARGV token of the caller, ms of his lease, the last warm-up that he knows of or '' to look only, ms of this memory
-- returns ms of the server's time, when the last whole warm-up began or 0, and how long nobody may begin one, -1 when the caller does
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local known = redis.call('HMGET', KEYS[1], 'last', 'until')
local last = known[1] or '0'
local left = math.max(0, (known[2] or 0) - now)
if left == 0 and ARGV[3] == last then
  redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'until', now + ARGV[2], 'begun', now)
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
  left = -1
end
return string.format('%.0f %s %.0f', now, last, left)
