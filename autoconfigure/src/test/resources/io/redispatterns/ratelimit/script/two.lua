-- KEYS block of the subject; state of one policy
-- ARGV as of decide.lua, for one policy and one request of cost 1
-- returns as decide.lua: two counters, of which the older is taken in part
local key, limit, span = KEYS[2], tonumber(ARGV[7]), tonumber(ARGV[8])
local window = floor(now / span)
local held = redis.call('HMGET', key, text(window), text(window - 1))
local part = 1 - (now - window * span) / span
local estimate = (tonumber(held[1]) or 0) + floor((tonumber(held[2]) or 0) * part)
local allowed = estimate + 1 <= limit
if allowed then
  redis.call('HINCRBY', key, text(window), 1)
  redis.call('PEXPIRE', key, millis(2 * span))
end
return table.concat({ text(now), 0, allowed and 0 or text((window + 1) * span - now), 0, 0 }, ' ')
