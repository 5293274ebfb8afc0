-- KEYS sessions of a user
-- ARGV session to enter, empty for none; its idle time in ms; its end on the server's clock in ms, 0 for none; how much later it is forgotten, in ms; sessions to remove
-- returns 1, -2 when the key was of another type and is begun anew
local broken = sweep(KEYS[1])
for i = 5, #ARGV do
  redis.call('ZREM', KEYS[1], ARGV[i])
end
if ARGV[1] ~= '' then
  redis.call('ZADD', KEYS[1], text(ending(ARGV[2], ARGV[3]) + ARGV[4]), ARGV[1])
end
keep(KEYS[1])
return broken and -2 or 1
