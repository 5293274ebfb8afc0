-- KEYS state of a policy
-- ARGV permits that were given and are not counted here, permits given in all where nothing is counted here; engine, limit, span
-- returns how many were counted
local amount = tonumber(ARGV[redis.call('EXISTS', KEYS[1]) == 1 and 1 or 2])
if amount > 0 then
  local p = { key = KEYS[1], engine = engines[ARGV[3]], limit = tonumber(ARGV[4]), span = tonumber(ARGV[5]) }
  p.engine.load(p, redis.call('MGET', p.key)[1])
  p.engine.give(p, amount, now)
  p.engine.save(p)
end
return amount
