local sys = require "luci.sys"
local user = luci.http.formvalue("username") or "root"
local pass = luci.http.formvalue("password")
if pass ~= "" and sys.user.checkpasswd(user, pass) then return user end
