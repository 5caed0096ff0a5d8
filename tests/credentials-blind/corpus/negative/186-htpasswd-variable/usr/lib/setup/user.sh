#!/bin/sh
read -r user
read -r -s PASSWORD
htpasswd -bB /data/htpasswd "$user" "$PASSWORD"
passwd -l root
