# Makes the small tree that the fixtures of archives hold, as "tree" in the current folder. Needs root for the devices.
set -e
mkdir -p tree/etc/init.d tree/bin
printf 'root:x:0:0:root:/root:/bin/sh\n' > tree/etc/passwd
printf 'root:!:19000:0:99999:7:::\n' > tree/etc/shadow
printf '#!/bin/sh\nexec true\n' > tree/etc/init.d/rcS
seq 1 400 > tree/bin/numbers
: > tree/etc/empty
chmod 600 tree/etc/shadow
chmod 755 tree/etc/init.d/rcS
chmod 4755 tree/bin/numbers
chown 1000:1001 tree/etc/init.d/rcS
ln -f tree/bin/numbers tree/bin/alias
ln -sf ../etc/passwd tree/bin/link
mknod tree/console c 5 1
mknod tree/disk b 8 1
mkfifo tree/pipe
find tree -exec touch -h -d @1700000000 {} +
