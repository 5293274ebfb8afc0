-- KEYS entry, its lease, its fences
-- ARGV token; lease in ms; first bytes of the entry that the caller has seen, empty for none; share | exclusive; server time in microseconds after which it is too late, 0 for never
-- returns 'g' and the token when granted, 'e' when there is another entry, 'b' and the ms left when busy, 'f' when fenced or too late
local first = redis.pcall('GETRANGE', KEYS[1], 0, 14)
if type(first) == 'string' and first ~= '' and first ~= ARGV[3] then
  return 'e'
end
if redis.call('EXISTS', KEYS[3]) == 1 then
  return 'f'
end
if ARGV[5] ~= '0' then
  local time = redis.call('TIME')
  if time[1] * 1000000 + time[2] > tonumber(ARGV[5]) then
    return 'f'
  end
end
local kind = ARGV[4] == 'exclusive' and 'x' or 's'
local lease = redis.pcall('GET', KEYS[2])
if type(lease) ~= 'string' or #lease < 17 then
  redis.call('SET', KEYS[2], kind .. ARGV[1], 'PX', ARGV[2])
  return 'g' .. ARGV[1]
end
if string.sub(lease, 1, 1) == 's' then
  local left = kind == 'x' and 0 or redis.call('PTTL', KEYS[2])
  redis.call('SET', KEYS[2], kind .. string.sub(lease, 2), 'PX', math.max(left, tonumber(ARGV[2])))
elseif kind == 'x' then
  if string.sub(lease, 18, 18) ~= '*' then
    redis.call('SET', KEYS[2], string.sub(lease, 1, 17) .. '*' .. string.sub(lease, 18), 'KEEPTTL')
  end
  return 'b' .. redis.call('PTTL', KEYS[2])
end
return 'g' .. string.sub(lease, 2, 17)
