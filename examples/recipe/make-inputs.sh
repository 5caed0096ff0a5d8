#!/bin/bash
# Makes the committed inputs once: the throw-away key and certificate of "as found", and the update CA of "done right".
# The CA's private key is not kept: nobody can make a bundle for this router, and nobody needs to.
set -euo pipefail
cd "$(dirname "$0")/inputs"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

self_signed() { # key subject extensions from to -> certificate on stdout
  printf '[ca]\ndefault_ca=d\n[d]\ndatabase=%s/index\nserial=%s/serial\nnew_certs_dir=%s\npolicy=p\ndefault_md=sha256\n[p]\norganizationName=optional\ncommonName=supplied\n[x]\n%b' \
    "$work" "$work" "$work" "$3" > "$work/ca.cnf"
  : > "$work/index"
  openssl rand -hex 16 > "$work/serial"
  openssl req -new -key "$1" -subj "$2" -out "$work/request"
  openssl ca -batch -notext -selfsign -config "$work/ca.cnf" -extensions x -keyfile "$1" -in "$work/request" \
    -startdate "$4" -enddate "$5" -out "$work/certificate" 2> /dev/null
  cat "$work/certificate"
}

openssl genrsa -traditional -out as-found-server.key 2048
self_signed as-found-server.key '/O=Beispielwerk/CN=bw-r1' \
  'basicConstraints=CA:FALSE\nsubjectKeyIdentifier=hash\nsubjectAltName=DNS:bw-r1,IP:192.0.2.1\n' \
  20240101000000Z 20440101000000Z > as-found-server.crt

openssl ecparam -name prime256v1 -genkey -noout -out "$work/update.key"
self_signed "$work/update.key" '/O=Beispielwerk/CN=Beispielwerk update CA 1' \
  'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n' \
  20260801000000Z 20460801000000Z > update-ca.pem
