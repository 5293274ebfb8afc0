-- KEYS none
-- ARGV none
-- returns nothing: engine t, GCRA. The state is the time at which the bucket is full again; span is the time in which one permit comes back
engines.t = {
  load = function(p, value)
    local full = now + p.limit * p.span
    p.tat = tonumber(value or now) or now
    if p.tat > full then
      -- The clock was set back, or the burst was lowered
      p.tat = full
      p.repair = true
    elseif p.tat < now then
      p.tat = now
    end
  end,
  wait = function(p, cost)
    return p.tat - now - (p.limit - cost) * p.span
  end,
  take = function(p, cost)
    p.tat = p.tat + cost * p.span
  end,
  give = function(p, cost)
    p.tat = math.min(p.tat + cost * p.span, now + p.limit * p.span)
  end,
  left = function(p)
    return floor((now - p.tat) / p.span) + p.limit
  end,
  reset = function(p)
    return p.tat - now
  end,
  save = function(p)
    if p.tat > now then
      redis.call('SET', p.key, text(p.tat), 'PX', millis(p.tat - now))
    else
      redis.call('DEL', p.key)
    end
  end
}
