#!/bin/sh
new=$(get_form http_passwd)
old=$(nvram get http_passwd)
[ "$old" != "$new" ] && nvram set http_passwd="$new"
nvram unset wl0_wpa_psk
nvram commit
