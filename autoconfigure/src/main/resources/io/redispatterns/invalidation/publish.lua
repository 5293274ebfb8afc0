-- KEYS any key of the server by way of which the messages go
-- ARGV channel and message, any number of times
-- returns how many messages were sent
for i = 1, #ARGV, 2 do
  redis.call('PUBLISH', ARGV[i], ARGV[i + 1])
end
return #ARGV / 2
