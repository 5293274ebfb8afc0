-- KEYS object, its lease
-- ARGV token of a lease to take, empty for none; time of the lease in ms; find | lease even if there is an object; names of fields
-- returns 'h', then for the marker and each field its length in 4 bytes, -1 when it is absent, and its bytes; or 'm' and the token of the lease
local fields = redis.pcall('HMGET', KEYS[1], '~', unpack(ARGV, 4))
if ARGV[3] == 'find' and not fields.err and fields[1] and string.sub(fields[1], 1, 2) == '1:' then
  local reply = { 'h' }
  for i = 1, #ARGV - 2 do
    local field = fields[i]
    reply[#reply + 1] = field and struct.pack('>i4', #field) .. field or struct.pack('>i4', -1)
  end
  return table.concat(reply)
end
if ARGV[1] == '' then
  return 'm'
end
local lease = redis.pcall('GET', KEYS[2])
lease = type(lease) == 'string' and lease or ARGV[1]
-- without memory for a lease there is none for the object either
return redis.pcall('SET', KEYS[2], lease, 'PX', ARGV[2]).err and 'm' or 'm' .. lease
