#!/bin/sh
umask 077
[ -s /data/wg/private.key ] || wg genkey > /data/wg/private.key
uci set network.wg0.private_key="$(cat /data/wg/private.key)"
