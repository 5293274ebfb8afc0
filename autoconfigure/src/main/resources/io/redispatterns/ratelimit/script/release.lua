-- KEYS leases of each policy
-- ARGV names of the leases
-- returns how many there were
local released = 0
for i = 1, #KEYS do
  local removed = redis.pcall('ZREM', KEYS[i], unpack(ARGV))
  released = released + (type(removed) == 'number' and removed or 0)
end
return released
