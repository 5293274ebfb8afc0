-- KEYS object, its lease, its fences
-- ARGV what lease.lua takes, with an empty token to ask for no lease; names of fields
-- returns 'h', then for the marker and each field its length in 4 bytes, -1 when it is absent, and its bytes; else 'm', or what lease.lua returns, which follows
local fields = redis.pcall('HMGET', KEYS[1], '~', unpack(ARGV, 6))
if not fields.err and fields[1] and string.sub(fields[1], 1, 2) == '1:' then
  local reply = { 'h' }
  for i = 1, #ARGV - 4 do
    local field = fields[i]
    reply[#reply + 1] = field and struct.pack('>i4', #field) .. field or struct.pack('>i4', -1)
  end
  return table.concat(reply)
end
if ARGV[1] == '' then
  return 'm'
end
-- what is no hash is in the way, and lease.lua takes it for an entry
if fields.err then
  redis.call('UNLINK', KEYS[1])
end
