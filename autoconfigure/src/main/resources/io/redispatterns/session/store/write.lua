-- KEYS session; with 'move' its key until now; where all keys may go together, sessions of its user
-- ARGV server time in microseconds after which it is too late, 0 for never; 'new', or for a session that must still be there 'use' when it was used, 'old' when that need not be known, 'move' when it is renamed; number of names and values to set; with a third kind of key its name there, until now as well, and how much later it is forgotten, in ms; names and values; names to remove
-- returns when the session ends, in ms on the server's clock, as a negative number when the sessions of its user were of another type and are begun anew; 0 when it is no more, -1 when it was too late
if ARGV[1] ~= '0' and time[1] * 1000000 + time[2] > tonumber(ARGV[1]) then
  return -1
end
local moves = ARGV[2] == 'move'
local members = KEYS[moves and 3 or 2]
if ARGV[2] ~= 'new' then
  local stored = KEYS[moves and 2 or 1]
  if type(redis.pcall('HGET', stored, '~')) ~= 'string' then
    redis.call('UNLINK', stored)
    return 0
  end
  if moves then
    redis.call('RENAME', stored, KEYS[1])
  end
end
local first = members and 7 or 4
local last = first - 1 + ARGV[3]
for i = first, last, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
end
for i = last + 1, #ARGV do
  redis.call('HDEL', KEYS[1], ARGV[i])
end
if ARGV[2] ~= 'old' then
  redis.call('HSET', KEYS[1], '~t', text(now))
end
local idle, stop = string.match(redis.call('HGET', KEYS[1], '~') or '', '^1 %d+ (%d+) (%d+)$')
if not idle then
  redis.call('UNLINK', KEYS[1])
  return 0
end
local ends = ending(idle, stop)
redis.call('PEXPIREAT', KEYS[1], text(ends))
if not members then
  return ends
end
local broken = sweep(members)
if moves then
  redis.call('ZREM', members, ARGV[5])
end
redis.call('ZADD', members, text(ends + ARGV[6]), ARGV[4])
keep(members)
return broken and -ends or ends
