-- KEYS state of each policy
-- ARGV when the permits were given, permits used less permits given; for each policy its engine, limit, span
-- returns 1
local held = redis.call('MGET', unpack(KEYS))
for i = 1, #KEYS do
  local p = { key = KEYS[i], engine = engines[ARGV[3 * i]], limit = tonumber(ARGV[3 * i + 1]), span = tonumber(ARGV[3 * i + 2]) }
  p.engine.load(p, held[i])
  p.engine.give(p, tonumber(ARGV[2]), tonumber(ARGV[1]))
  p.engine.save(p)
end
return 1
