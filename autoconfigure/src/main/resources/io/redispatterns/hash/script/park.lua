-- KEYS object, its lease, its fences, where it is kept meanwhile
-- ARGV what fence.lua takes, which follows; 'keep' when the transaction writes fields of what is there
-- returns what fence.lua returns
if ARGV[6] == 'keep' and redis.call('EXISTS', KEYS[1]) == 1 then
  redis.call('RENAME', KEYS[1], KEYS[4])
else
  redis.call('UNLINK', KEYS[4])
end
