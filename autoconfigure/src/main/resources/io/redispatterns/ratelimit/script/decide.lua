-- KEYS block of the subject; state of each policy; violations of each policy that blocks
-- ARGV 1 to take or 0 to look; number of policies; number of requests; cost of each request; name of the leases; for each policy its engine, limit, span, and "shadow owed after for multiplier max" where any of these is not 0
-- returns the time; for each request how long the subject is blocked, and for each policy how long until there is room, what is left and when all is back: microseconds and permits with blanks between
local size, requests = tonumber(ARGV[2]), tonumber(ARGV[3])
local held = redis.call('MGET', unpack(KEYS, 1, size + 1))
local blocked = held[1] and math.max((tonumber(held[1]) or 0) - now, 0) or 0
local policies, index, violations = {}, 5 + requests, size + 1
for i = 1, size do
  local p = { key = KEYS[i + 1], engine = engines[ARGV[index]], limit = tonumber(ARGV[index + 1]), span = tonumber(ARGV[index + 2]), longest = 0 }
  local more = ARGV[index + 3]
  index = index + 4
  policies[i] = p
  p.engine.load(p, held[i + 1])
  if more ~= '' then
    local shadow, owed, after, length, multiplier, max = string.match(more, '^(%S+) (%S+) (%S+) (%S+) (%S+) (%S+)$')
    p.shadow = shadow == '1'
    if owed ~= '0' and ARGV[1] == '1' then
      p.engine.give(p, tonumber(owed), now)
      p.changed = true
    end
    if after ~= '0' then
      violations = violations + 1
      p.block = { key = KEYS[violations], after = tonumber(after), length = tonumber(length), multiplier = tonumber(multiplier), max = tonumber(max) }
      local count, last, level, stop, forget = string.match(redis.call('GET', p.block.key) or '', '^(%d+) (%d+) (%d+) (%d+) (%d+)$')
      p.block.count, p.block.last, p.block.level, p.block.stop, p.block.forget = tonumber(count) or 0, tonumber(last) or 0, tonumber(level) or 0, tonumber(stop) or 0, tonumber(forget) or 0
      blocked = math.max(blocked, math.min(p.block.stop - now, p.block.max))
    end
  end
end
local function violate(p)
  local b = p.block
  b.count = now - b.last < p.span and b.count + 1 or 1
  b.last, b.changed = now, true
  b.level = now < b.forget and b.level or 0
  if b.count >= b.after then
    local length = floor(math.min(b.length * b.multiplier ^ b.level, b.max))
    b.count, b.level, b.stop, b.forget = 0, b.level + 1, now + length, now + 2 * length
    blocked = math.max(blocked, length)
  end
end
local reply = { text(now) }
local function add(number)
  reply[#reply + 1] = text(number)
end
for i = 1, requests do
  local cost = tonumber(ARGV[3 + i])
  local allowed = blocked <= 0
  for j = 1, size do
    local p = policies[j]
    p.longest = math.max(p.engine.wait(p, cost > 0 and cost or 1), 0)
    allowed = allowed and (p.longest == 0 or p.shadow)
  end
  add(blocked)
  for j = 1, size do
    local p = policies[j]
    if ARGV[1] == '1' then
      if allowed and p.longest == 0 and cost > 0 then
        p.engine.take(p, cost, ARGV[4 + requests] .. ':' .. i)
        p.changed = true
      elseif p.longest > 0 and p.block and not p.shadow and blocked <= 0 then
        violate(p)
      end
    end
    add(p.longest)
    add(math.max(p.engine.left(p), 0))
    add(math.max(p.engine.reset(p), 0))
  end
end
if ARGV[1] == '1' then
  for i = 1, size do
    local p = policies[i]
    if p.changed or p.repair then
      p.engine.save(p)
    end
    local b = p.block
    if b and b.changed then
      redis.call('SET', b.key, table.concat({ text(b.count), text(b.last), text(b.level), text(b.stop), text(b.forget) }, ' '), 'PX', millis(math.max(b.forget - now, p.span)))
    end
  end
end
return table.concat(reply, ' ')
