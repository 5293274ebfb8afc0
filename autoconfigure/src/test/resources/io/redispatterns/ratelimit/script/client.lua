-- KEYS none
-- ARGV the time of the client in microseconds is the last
-- returns nothing: begins a script with the clock of whoever asks, which must not decide
local now = tonumber(ARGV[#ARGV])
