-- KEYS none
-- ARGV none
-- returns nothing: engine l. The state is a list with the time of each permit, oldest first
engines.l = {
  at = function(p, index)
    return tonumber(redis.call('LINDEX', p.key, index)) - p.ahead
  end,
  load = function(p)
    local size = redis.pcall('LLEN', p.key)
    p.replace = type(size) == 'table'
    p.size, p.gone, p.new, p.ahead = p.replace and 0 or size, 0, 0, 0
    if p.size > 0 then
      p.ahead = math.max(engines.l.at(p, -1) - now, 0)
      p.repair = p.ahead > 0
      local low, high = 0, engines.l.at(p, 0) > now - p.span and 0 or p.size
      while low < high do
        local middle = floor((low + high) / 2)
        if engines.l.at(p, middle) > now - p.span then
          high = middle
        else
          low = middle + 1
        end
      end
      p.gone = low
    end
  end,
  wait = function(p, cost)
    local excess = p.size - p.gone + p.new + cost - p.limit
    if excess <= 0 then
      return 0
    end
    local index = p.gone + excess - 1
    return index < p.size and engines.l.at(p, index) + p.span - now or p.span
  end,
  take = function(p, cost)
    p.new = p.new + cost
  end,
  give = function(p, cost, at)
    if cost > 0 then
      p.new = p.new + cost
    elseif not p.replace and at - p.ahead > now - p.span then
      redis.call('LREM', p.key, text(-cost), text(at))
      p.size = redis.call('LLEN', p.key)
    end
  end,
  left = function(p)
    return p.limit - p.size + p.gone - p.new
  end,
  reset = function(p)
    if p.new > 0 then
      return p.span
    end
    return p.size > p.gone and engines.l.at(p, -1) + p.span - now or 0
  end,
  save = function(p)
    if p.replace then
      redis.call('DEL', p.key)
    elseif p.ahead > 0 then
      -- The clock was set back
      local all = redis.call('LRANGE', p.key, p.gone, -1)
      redis.call('DEL', p.key)
      for i = 1, #all do
        redis.call('RPUSH', p.key, text(all[i] - p.ahead))
      end
    elseif p.gone > 0 then
      redis.call('LTRIM', p.key, p.gone, -1)
    end
    for i = 1, p.new, 1000 do
      local some = {}
      for j = 1, math.min(p.new - i + 1, 1000) do
        some[j] = text(now)
      end
      redis.call('RPUSH', p.key, unpack(some))
    end
    redis.call('PEXPIRE', p.key, millis(p.span))
  end
}
