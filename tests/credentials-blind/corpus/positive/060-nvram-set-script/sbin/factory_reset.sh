#!/bin/sh
nvram set http_username=admin
nvram set http_passwd=admin
nvram set wl0_wpa_psk=0123456789
nvram commit
reboot
