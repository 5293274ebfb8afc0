-- KEYS any key, which says where to run
-- ARGV none
-- returns the time of the server in microseconds
local time = redis.call('TIME')
return time[1] * 1000000 + time[2]
