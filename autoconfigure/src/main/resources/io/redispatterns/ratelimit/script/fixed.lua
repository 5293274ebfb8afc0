-- KEYS none
-- ARGV none
-- returns nothing: engine f. The state is the end of the window and the permits given in it
engines.f = {
  load = function(p, value)
    local stop, used = string.match(value or '', '^(%d+) (%d+)$')
    p.stop, p.used = tonumber(stop) or 0, tonumber(used) or 0
    if p.stop > now + p.span then
      p.stop = now + p.span
      p.repair = true
    elseif p.stop <= now then
      p.stop, p.used = now + p.span, 0
    end
  end,
  wait = function(p, cost)
    return p.used + cost > p.limit and p.stop - now or 0
  end,
  take = function(p, cost)
    p.used = p.used + cost
  end,
  give = function(p, cost, at)
    if cost > 0 or at >= p.stop - p.span then
      p.used = math.max(p.used + cost, 0)
    end
  end,
  left = function(p)
    return p.limit - p.used
  end,
  reset = function(p)
    return p.used > 0 and p.stop - now or 0
  end,
  save = function(p)
    redis.call('SET', p.key, text(p.stop) .. ' ' .. text(p.used), 'PX', millis(p.stop - now))
  end
}
