#!/bin/bash
# Makes the example with dm-verity under a signed root hash. Usage: build-verity.sh OUT AVBTOOL [RELEASE_KEY.pem]
#   OUT          folder for the result
#   AVBTOOL      avbtool.py of AOSP (platform/external/avb); it needs the openssl command
#   RELEASE_KEY  RSA-4096 private key that signs vbmeta; without it a new one is made, used and thrown away
set -euo pipefail
export LC_ALL=C TZ=UTC SOURCE_DATE_EPOCH=1795392000
umask 022

recipe=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
tool=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
avb() { python3 "$tool" "$@"; }

key=${3:-$work/release.pem}
[ -e "$key" ] || openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:4096 -out "$key" 2>/dev/null
openssl pkey -in "$key" -pubout -out "$work/release.pub.pem"

cp "$recipe/kernel-stand-in.txt" "$out/boot.img"
avb add_hash_footer --image "$out/boot.img" --partition_name boot --partition_size 73728 --salt b007

# Large enough that its tree has two levels.
cp -r "$recipe/tree/verity" "$work/root"
mkdir -p "$work/root/usr/share/sensor"
seq 1 4000 > "$work/root/usr/share/sensor/calibration.txt"
rm -f "$out/system.img"
mksquashfs "$work/root" "$out/system.img" -quiet -no-progress -no-xattrs -all-root -noI -noD -noF -processors 1
avb add_hashtree_footer --image "$out/system.img" --partition_name system --partition_size 106496 \
  --salt 5957 --hash_algorithm sha256 --do_not_generate_fec

avb make_vbmeta_image --output "$out/vbmeta.img" --algorithm SHA256_RSA4096 --key "$key" --rollback_index 3 \
  --include_descriptors_from_image "$out/boot.img" --include_descriptors_from_image "$out/system.img"

cat "$work/release.pub.pem"
(cd "$out" && sha256sum ./*.img)
