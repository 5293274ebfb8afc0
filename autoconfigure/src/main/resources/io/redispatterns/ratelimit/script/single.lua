-- KEYS block of the subject; state of one bucket
-- ARGV what a whole bucket takes to come back and what each request takes of it, in microseconds
-- returns how long the bucket takes to be full before the requests, of which those that find room have taken theirs; -1, and changes nothing, where decide.lua has to decide: the subject is blocked, or the state is none of such a bucket
local held = redis.call('MGET', KEYS[1], KEYS[2])
local last, full = now + ARGV[1], tonumber(held[2] or now)
if held[1] or not full or full > last then
  return -1
end
if full < now then
  full = now
end
local before, back = full, full - now
for i = 2, #ARGV do
  local after = full + ARGV[i]
  if after <= last then
    full = after
  end
end
if full > before then
  -- A number that is an argument keeps 17 digits
  redis.call('PSETEX', KEYS[2], math.ceil((full - now) / 1000) + 1, full)
end
return back
