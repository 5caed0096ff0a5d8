local M = {}
local START, STOP = "-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----"
function M.is_key(text) return text:find(START, 1, true) and text:find(STOP, 1, true) end
return M
