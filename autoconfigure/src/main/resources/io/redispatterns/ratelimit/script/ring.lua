-- KEYS none
-- ARGV none
-- returns nothing: engine s. The state is the width of a hundredth of the window, the number of the newest one, and the permits given in each, newest first. The oldest one counts whole, so that no trailing window has more than the limit
local PARTS = 100
engines.s = {
  load = function(p, value)
    local width = ceil(p.span / PARTS)
    local newest = floor(now / width)
    local counts, sum = {}, 0
    local kind = value and string.sub(value, 1, 1)
    if (kind == 'H' or kind == 'I') and #value >= 17 then
      local held, last = struct.unpack('>I8I8', value, 2)
      local size = (#value - 17) / (kind == 'H' and 2 or 4)
      local list = { struct.unpack('>' .. string.rep(kind == 'H' and 'H' or 'I4', size), value, 18) }
      if last > floor(now / held) then
        -- The clock was set back
        last = floor(now / held)
        p.repair = true
      end
      p.repair = p.repair or held ~= width
      for i = 1, size do
        local part = last - i + 1
        if held ~= width then
          -- Another window: each permit as if given as late as it can have been
          part = math.min(floor((part * held + held - 1) / width), newest)
        end
        local age = newest - part + 1
        if age <= PARTS + 1 then
          counts[age] = (counts[age] or 0) + list[i]
          sum = sum + list[i]
        end
      end
    end
    p.width, p.newest, p.counts, p.sum = width, newest, counts, sum
  end,
  leaves = function(p, age)
    return (p.newest - age + PARTS + 2) * p.width - now
  end,
  wait = function(p, cost)
    local excess = p.sum + cost - p.limit
    if excess <= 0 then
      return 0
    end
    for age = PARTS + 1, 1, -1 do
      excess = excess - (p.counts[age] or 0)
      if excess <= 0 then
        return engines.s.leaves(p, age)
      end
    end
    return engines.s.leaves(p, 1)
  end,
  take = function(p, cost)
    p.counts[1] = (p.counts[1] or 0) + cost
    p.sum = p.sum + cost
  end,
  give = function(p, cost, at)
    local age = cost > 0 and 1 or p.newest - floor(at / p.width) + 1
    if age >= 1 and age <= PARTS + 1 then
      local before = p.counts[age] or 0
      p.counts[age] = math.max(before + cost, 0)
      p.sum = p.sum + p.counts[age] - before
    end
  end,
  left = function(p)
    return p.limit - p.sum
  end,
  reset = function(p)
    for age = 1, PARTS + 1 do
      if (p.counts[age] or 0) > 0 then
        return engines.s.leaves(p, age)
      end
    end
    return 0
  end,
  save = function(p)
    local size, most = 0, 0
    for age = 1, PARTS + 1 do
      local count = p.counts[age] or 0
      p.counts[age] = count
      size = count > 0 and age or size
      most = math.max(most, count)
    end
    if size == 0 then
      redis.call('DEL', p.key)
      return
    end
    local kind = most < 65536 and 'H' or 'I'
    redis.call('SET', p.key,
      kind .. struct.pack('>I8I8' .. string.rep(kind == 'H' and 'H' or 'I4', size), p.width, p.newest, unpack(p.counts, 1, size)),
      'PX', millis(engines.s.leaves(p, 1)))
  end
}
