#!/bin/bash
# Makes the two example releases. Usage: build.sh OUT [RELEASE_KEY.pem]
#   OUT          folder for the result
#   RELEASE_KEY  RSA-3072 private key that signs the FIT; without it a new one is made, used and thrown away
#   DEBS=DIR     folder with the Debian packages of packages.tsv; without it apt fetches them
set -euo pipefail
export LC_ALL=C TZ=UTC SOURCE_DATE_EPOCH=1795392000
umask 022

recipe=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
release_key=${2:+$(realpath "$2")}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

key_name=bw-release-2026
erase_block=65536
rootfs_offset=65536

rows() { grep -v '^#' "$recipe/$1"; }

fetch_packages() {
  debs=${DEBS:-$work/debs}
  [ -n "${DEBS:-}" ] || fetch_with_apt
  rows packages.tsv | while IFS=$'\t' read -r name version arch sha256; do
    deb=$debs/${name}_${version//:/%3a}_$arch.deb
    echo "$sha256  $deb" | sha256sum --check --quiet
    mkdir -p "$work/package/$name"
    dpkg-deb -x "$deb" "$work/package/$name"
  done
}

# A private apt root for the foreign architecture: the machine's own apt stays as it is.
fetch_with_apt() {
  mkdir -p "$debs" "$work/apt/lists/partial" "$work/apt/cache/archives/partial"
  : > "$work/apt/status"
  cat > "$work/apt.conf" << CONF
APT::Architecture "armhf";
APT::Architectures { "armhf"; };
APT::Sandbox::User "root";
Dir::State "$work/apt";
Dir::State::status "$work/apt/status";
Dir::Cache "$work/apt/cache";
CONF
  APT_CONFIG=$work/apt.conf apt-get -qq update || true # other people's sources may lack the architecture
  (cd "$debs" && rows packages.tsv | awk -F'\t' '{ print $1 ":" $3 "=" $2 }' |
    APT_CONFIG=$work/apt.conf xargs apt-get -qq download)
}

# make_root LETTER FOLDER: our own files, then those of the packages that files.tsv gives to this release.
make_root() {
  root=$work/$2
  mkdir -p "$root"/{data,dev,etc,proc,root,run,sys,tmp,usr/bin,var}
  cp -r "$recipe/tree/common/." "$recipe/tree/$2/." "$root"
  rows files.tsv | while IFS=$'\t' read -r package from to releases; do
    case $releases in *$1*) install -D -m 755 "$work/package/$package/$from" "$root/$to" ;; esac
  done
  for applet in $(cat "$recipe/applets.txt"); do ln -s toybox "$root/bin/$applet"; done
  ln -s mksh "$root/bin/sh"
  find "$root" -type f ! -perm -100 -exec chmod 644 {} +
  find "$root" \( -type d -o -type f -perm -100 \) -exec chmod 755 {} +
  find "$root/usr/lib" "$root/lib" -type f -exec chmod 644 {} +
  chmod 755 "$root/lib/ld-musl-armhf.so.1"
  chmod 600 "$root/etc/shadow"
  chmod 700 "$root/root"
  chmod 1777 "$root/tmp"
}

make_squashfs() {
  env -u SOURCE_DATE_EPOCH mksquashfs "$1" "$2" -quiet -no-progress -noappend -all-root -no-xattrs -comp xz -b 256K \
    -mkfs-time $SOURCE_DATE_EPOCH -all-time $SOURCE_DATE_EPOCH \
    -p 'dev/console c 600 0 0 5 1' -p 'dev/null c 666 0 0 1 3'
}

# pad FILE SIZE: fills with 0xFF, as erased flash reads.
pad() {
  head -c $(($2 - $(stat -c %s "$1"))) /dev/zero | tr '\0' '\377' >> "$1"
}

make_kernel_stand_in() {
  while [ "$(stat -c %s "$work/kernel.bin" 2> /dev/null || echo 0)" -lt 8192 ]; do
    cat "$recipe/kernel-stand-in.txt" >> "$work/kernel.bin"
  done
  truncate -s 8192 "$work/kernel.bin"
}

make_as_found() {
  make_root a as-found
  install -m 644 "$recipe/inputs/as-found-server.crt" "$work/as-found/etc/lighttpd/server.crt"
  install -m 600 "$recipe/inputs/as-found-server.key" "$work/as-found/etc/lighttpd/server.key"
  make_squashfs "$work/as-found" "$work/as-found.squashfs"
  mkdir -p "$out/router-as-found"
  image=$out/router-as-found/router-as-found.bin
  mkimage -A arm -O linux -T kernel -C none -a 0x80008000 -e 0x80008000 -n 'kernel stand-in' \
    -d "$work/kernel.bin" "$image" > /dev/null
  pad "$image" $rootfs_offset
  cat "$work/as-found.squashfs" >> "$image"
  size=$(stat -c %s "$image")
  pad "$image" $(((size + erase_block - 1) / erase_block * erase_block))
}

# A bill of materials of what files.tsv takes for the release "done right".
write_sbom() {
  mkdir -p "$(dirname "$1")"
  {
    printf '{\n  "bomFormat": "CycloneDX",\n  "specVersion": "1.5",\n  "version": 1,\n'
    printf '  "metadata": { "component": { "type": "firmware", "name": "bw-r1", "version": "2.0.0" } },\n  "components": [\n'
    rows packages.tsv | while IFS=$'\t' read -r name version arch _; do
      rows files.tsv | awk -F'\t' -v p="$name" '$1 == p && $4 ~ /d/ { found = 1 } END { exit !found }' || continue
      printf '    { "type": "library", "name": "%s", "version": "%s", "purl": "pkg:deb/debian/%s@%s?arch=%s" }\n' \
        "$name" "$version" "$name" "$(printf %s "$version" | sed 's/:/%3A/; s/+/%2B/g')" "$arch"
    done | sed '$!s/$/,/'
    printf '  ]\n}\n'
  } > "$1"
}

make_release_key() {
  mkdir -p "$work/keys"
  if [ -n "$release_key" ]; then
    cp "$release_key" "$work/keys/$key_name.key"
  else
    echo 'no release key given: signing with a new one, which is thrown away; the signature will differ' >&2
    openssl genrsa -out "$work/keys/$key_name.key" 3072 2> /dev/null
  fi
  # mkimage takes the public half from a certificate of the same name.
  openssl req -x509 -new -key "$work/keys/$key_name.key" -subj "/CN=$key_name" -days 3650 \
    -out "$work/keys/$key_name.crt"
}

make_done_right() {
  make_root d done-right
  ln -s telnet-ssl "$work/done-right/usr/bin/telnet"
  install -m 644 "$recipe/inputs/update-ca.pem" "$work/done-right/etc/rauc/keyring.pem"
  write_sbom "$work/done-right/usr/share/sbom/bom.cdx.json"
  make_squashfs "$work/done-right" "$work/root.squashfs"
  make_release_key
  mkdir -p "$out/router-done-right"
  dtc -q -I dts -O dtb -o "$work/board.dtb" "$recipe/board.dts"
  dtc -q -I dts -O dtb -o "$work/control.dtb" "$recipe/u-boot.dts"
  cp "$recipe/router-done-right.its" "$work"
  (cd "$work" && mkimage -f router-done-right.its -k keys -K control.dtb -r router-done-right.itb > /dev/null)
  cp "$work/router-done-right.itb" "$work/control.dtb" "$out/router-done-right"
}

# without_signature ITB OUT: the same FIT with the signature's value zeroed, to compare across keys.
without_signature() {
  cp "$1" "$2"
  # shellcheck disable=SC2046
  fdtput -t bx "$2" /configurations/conf-1/signature-1 value $(printf '0 %.0s' $(seq 384))
}

report() {
  (cd "$out" && sha256sum router-*/*)
  without_signature "$out/router-done-right/router-done-right.itb" "$work/unsigned.itb"
  printf '%s  router-done-right/router-done-right.itb, signature zeroed\n' "$(sha256sum < "$work/unsigned.itb" | cut -d ' ' -f 1)"
}

fetch_packages
make_kernel_stand_in
make_as_found
make_done_right
report
