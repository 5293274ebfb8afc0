-- KEYS none
-- ARGV the time in microseconds is the last but one
-- returns nothing: begins a script with a time that a test tells
local now = tonumber(ARGV[#ARGV - 1])
