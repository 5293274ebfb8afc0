-- KEYS sessions of a user
-- ARGV none
-- returns the sessions that have not ended, oldest end first, one a line; nil when the key was of another type and is removed
if sweep(KEYS[1]) then
  return false
end
return table.concat(redis.call('ZRANGE', KEYS[1], 0, -1), '\n')
