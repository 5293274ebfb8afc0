-- KEYS session
-- ARGV none
-- returns for each field its length and its bytes, then the same of its value, lengths in 4 bytes; nil when there is no session, '' for what is none
local fields = redis.pcall('HGETALL', KEYS[1])
if fields.err then
  return ''
end
if #fields == 0 then
  return false
end
for i = 1, #fields do
  fields[i] = struct.pack('>I4', #fields[i]) .. fields[i]
end
return table.concat(fields)
