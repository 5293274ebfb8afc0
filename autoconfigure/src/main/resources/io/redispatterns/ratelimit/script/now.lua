-- KEYS none
-- ARGV none
-- returns nothing: begins a script with the server's time in microseconds, which is exact until the year 2255
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
