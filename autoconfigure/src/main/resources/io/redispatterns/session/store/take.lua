-- KEYS session
-- ARGV server time in microseconds after which it is too late, 0 for never
-- returns what the session was, as read.lua does, and removes it; nil when there is none, or it is too late
if ARGV[1] ~= '0' then
  local time = redis.call('TIME')
  if time[1] * 1000000 + time[2] > tonumber(ARGV[1]) then
    return false
  end
end
local fields = redis.pcall('HGETALL', KEYS[1])
redis.call('UNLINK', KEYS[1])
if fields.err or #fields == 0 then
  return false
end
for i = 1, #fields do
  fields[i] = struct.pack('>I4', #fields[i]) .. fields[i]
end
return table.concat(fields)
