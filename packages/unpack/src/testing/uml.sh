# Runs a script as root within User Mode Linux: uml.sh SCRIPT ubd0=IMAGE …; the current folder is there, and /mnt is empty.
set -e
cat > init.uml <<INIT
#!/bin/bash
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc proc /proc && mount -t tmpfs tmpfs /mnt && mount -t devtmpfs dev /dev
cd '$PWD' && bash '$(readlink -f "$1")' > uml.out 2>&1
sync && echo o > /proc/sysrq-trigger && sleep 5
INIT
chmod +x init.uml
shift
linux.uml mem=256M root=none rootfstype=hostfs rootflags=/ rw init="$PWD/init.uml" con=null con0=fd:0,fd:1 quiet "$@" < /dev/null > uml.log
