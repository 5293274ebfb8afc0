-- KEYS none
-- ARGV none
-- returns nothing: engine c. The state is a sorted set of leases by the time at which each ends when nobody releases it
engines.c = {
  load = function(p)
    local live = redis.pcall('ZCOUNT', p.key, '(' .. text(now), '+inf')
    p.replace = type(live) == 'table'
    p.live, p.new = p.replace and 0 or live, {}
  end,
  wait = function(p, cost)
    local excess = p.live + #p.new / 2 + cost - p.limit
    if excess <= 0 then
      return 0
    end
    local first = p.replace and {} or redis.call('ZRANGEBYSCORE', p.key, '(' .. text(now), '+inf', 'WITHSCORES', 'LIMIT', excess - 1, 1)
    return first[2] and tonumber(first[2]) - now or p.span
  end,
  take = function(p, cost, lease)
    for i = 1, cost do
      p.new[#p.new + 1] = text(now + p.span)
      p.new[#p.new + 1] = lease .. ':' .. i
    end
  end,
  give = function()
  end,
  left = function(p)
    return p.limit - p.live - #p.new / 2
  end,
  reset = function(p)
    if #p.new > 0 then
      return p.span
    end
    local last = p.live > 0 and redis.call('ZREVRANGE', p.key, 0, 0, 'WITHSCORES')
    return last and tonumber(last[2]) - now or 0
  end,
  save = function(p)
    if p.replace then
      redis.call('DEL', p.key)
    else
      redis.call('ZREMRANGEBYSCORE', p.key, '-inf', text(now))
    end
    for i = 1, #p.new, 1000 do
      redis.call('ZADD', p.key, unpack(p.new, i, math.min(i + 999, #p.new)))
    end
    local last = redis.call('ZREVRANGE', p.key, 0, 0, 'WITHSCORES')
    if last[2] then
      redis.call('PEXPIRE', p.key, millis(last[2] - now))
    end
  end
}
