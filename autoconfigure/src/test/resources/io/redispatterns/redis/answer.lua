-- KEYS none
-- ARGV none
-- returns 42
return 42
