-- KEYS none
-- ARGV none
-- returns nothing: what the engines share. An engine has load, wait, take, left, reset and save; all times are whole microseconds
local engines = {}
local floor, ceil = math.floor, math.ceil
local function text(number)
  -- A number by itself becomes text of 14 digits
  return string.format('%.0f', number)
end
local function millis(micros)
  return text(ceil(micros / 1000) + 1)
end
