-- KEYS none
-- ARGV none
-- returns nothing: tells whether the version in one marker is above that in another, neither of which need have one
local function above(one, other)
  -- in halves, as Lua has no exact number above 2^53, and compares strings by the locale of the server
  local high, low = tonumber(string.sub(one, 12, 19), 16), tonumber(string.sub(one, 20, 27), 16)
  local otherHigh, otherLow = tonumber(string.sub(other, 12, 19), 16), tonumber(string.sub(other, 20, 27), 16)
  return high and low and otherHigh and otherLow and (high > otherHigh or (high == otherHigh and low > otherLow))
end
