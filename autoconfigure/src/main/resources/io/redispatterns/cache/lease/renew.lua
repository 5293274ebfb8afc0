-- KEYS lease of an entry
-- ARGV token; lease in ms, or 0 to give it up; channel on which those who were told that it is busy hear of its end
-- returns 1 when the lease was there, 0 when it is another or none
local lease = redis.pcall('GET', KEYS[1])
if type(lease) ~= 'string' or string.sub(lease, 2, 17) ~= ARGV[1] then
  -- lost, and those who wait for its end with it
  if ARGV[2] == '0' and not lease then
    redis.call('PUBLISH', ARGV[3], string.sub(KEYS[1], 1, -3))
  end
  return 0
end
if ARGV[2] ~= '0' then
  return redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
redis.call('DEL', KEYS[1])
if string.sub(lease, 18, 18) == '*' then
  redis.call('PUBLISH', ARGV[3], string.sub(KEYS[1], 1, -3))
end
return 1
