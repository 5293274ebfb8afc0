-- KEYS state of the queue
-- ARGV none
-- returns what the server tells about its persistence and its memory
return redis.call('INFO', 'persistence') .. redis.call('INFO', 'memory')
