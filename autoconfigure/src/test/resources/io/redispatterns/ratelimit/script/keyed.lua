-- KEYS the time in microseconds is the last
-- ARGV none
-- returns nothing: begins a script that reads all its arguments with a time that a test tells
local now = tonumber(KEYS[#KEYS])
