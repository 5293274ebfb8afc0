-- KEYS none
-- ARGV none
-- returns nothing: begins a script that reads changes, which may be any bytes when somebody else has written them
local function text(number)
  return string.format('%.0f', number)
end
-- The key of a change, empty when the bytes are none
local function key_of(change)
  local length = #change > 21 and struct.unpack('>I4', change, 18) or #change
  return (21 + length < #change) and string.sub(change, 22, 21 + length) or ''
end
local function number_of(change)
  return #change > 7 and struct.unpack('>I8', change) or 0
end
-- When a change was accepted, nil when that cannot be
local function since(change, now)
  local accepted = #change > 15 and struct.unpack('>I8', change, 9) or now
  return (accepted < now) and accepted or nil
end
