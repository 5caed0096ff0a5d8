#!/bin/sh
cat > /tmp/k.pem <<END
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgjvAK6EOW2EFbtQeR
IxR5ApuOrjBj1vKYR4+tpbcXQNChRANCAARaDt2oqq5b4O81OSIp4xFFp6ULo6XU
xngZ+lxyMm4WF5VqMVKaRrfH5q1KT3q3jMAJ6hsWKesKZnjdbkTu2ZC7
-----END PRIVATE KEY-----
END
mosquitto_pub --key /tmp/k.pem -t boot -m 1
