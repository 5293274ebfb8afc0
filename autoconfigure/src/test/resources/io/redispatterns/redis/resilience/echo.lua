-- KEYS any
-- ARGV text, or nothing
-- returns the text, or nil
return ARGV[1] or false
