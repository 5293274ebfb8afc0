-- KEYS session
-- ARGV user whose session it must be
-- returns its times, when it was last seen, and the device, one a line; nil when there is none of this user
local fields = redis.pcall('HMGET', KEYS[1], '~u', '~', '~t', '~d')
if fields.err or fields[1] ~= ARGV[1] then
  return false
end
return (fields[2] or '') .. '\n' .. (fields[3] or '') .. '\n' .. (fields[4] or '')
