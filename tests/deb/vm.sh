#!/bin/bash
# The Debian package on a clean machine: a Debian 12 made by debootstrap is started under qemu with a
# systemd of its own; there the package is installed, its service started, Postfix's mail sent through
# it (debian/tests/postfix), and after a purge nothing of it may be left.
#
#     tests/deb/vm.sh PACKAGE.deb FOLDER      needs root, debootstrap and qemu; takes some minutes
#
# TAP on standard output; what the machine said is in FOLDER/console.log.
deb=$(realpath "${1:?usage: tests/deb/vm.sh PACKAGE.deb FOLDER}")
work=${2:?usage: tests/deb/vm.sh PACKAGE.deb FOLDER}
top=$(cd "$(dirname "$0")/../.." && pwd)
mirror=${MIRROR:-http://deb.debian.org/debian}
set -e
mkdir -p "$work"
work=$(cd "$work" && pwd)
root=$work/root
skip () { echo "1..0 # SKIP $*"; exit 0; }
[ "$(id -u)" -eq 0 ] || skip "only root can make the machine"
for tool in debootstrap qemu-system-x86_64 mke2fs; do command -v $tool >/dev/null || skip "no $tool"; done

if [ ! -e "$work/made" ]; then
    rm -rf "$root"
    debootstrap --variant=minbase --include=systemd-sysv,dbus,linux-image-cloud-amd64,initramfs-tools,netcat-openbsd,procps,iproute2,adduser \
        bookworm "$root" "$mirror" >"$work/debootstrap.log" 2>&1
    echo 'postfix postfix/main_mailer_type select Local only' | chroot "$root" debconf-set-selections
    : >"$work/made"
fi

# what the package depends on: the machine has no network
depends=$(dpkg-deb -f "$deb" Depends | tr ',' '\n' | sed 's/[(|].*//; s/ //g')
DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get install -y -q --no-install-recommends postfix $depends </dev/null >>"$work/debootstrap.log" 2>&1
cp "$deb" "$root/root/abuse-milter.deb"
install -m755 "$top/debian/tests/postfix" "$root/root/autopkgtest"
echo abuse-vm >"$root/etc/hostname"
printf '127.0.0.1 localhost abuse-vm\n::1 localhost\n' >"$root/etc/hosts"
cat >"$root/root/run" <<'RUN'
#!/bin/sh
n=0
check () { # NAME COMMAND...
    name=$1; shift; n=$((n + 1))
    if "$@"; then echo "ok $n - $name"; else echo "not ok $n - $name"; fi
}
list () { find / -xdev \( -path /proc -o -path /sys -o -path /var/lib/dpkg -o -path /var/cache -o -path /var/log -o -path /tmp -o -path /root -o -path /home -o -path /var/spool -o -path /var/lib/systemd -o -path /var/lib/postfix -o -path /var/mail -o -path /run \) -prune -o -print | sort; }
gone () { list >/root/after; ! diff /root/before /root/after | grep '^[<>]' | grep -v ' /etc/\(passwd\|group\|shadow\|gshadow\|subuid\|subgid\)-\?$\| /etc/postfix\| /etc/aliases\| /etc/apparmor.d\(/local\)\?$'; }
list >/root/before
check "the package installs" dpkg -i /root/abuse-milter.deb
check "the service starts" sh -c 'for i in $(seq 60); do systemctl is-active -q abuse-milter && exit 0; sleep 1; done; systemctl status abuse-milter; exit 1'
check "the installed package, Postfix and the log" /root/autopkgtest
systemd-analyze security abuse-milter --no-pager | tail -1
check "it is removed" dpkg -r abuse-milter
check "its settings stay" test -e /etc/abuse-milter/abuse-milter.yaml
check "it is purged" dpkg -P abuse-milter
check "nothing is left" gone
check "its user is gone" sh -c '! getent passwd abuse-milter'
echo "1..$n"
RUN
chmod 755 "$root/root/run"
cat >"$root/etc/systemd/system/deb-test.service" <<'UNIT'
[Unit]
After=postfix.service
[Service]
Type=oneshot
ExecStart=/bin/sh -c 'timeout 600 /root/run 2>&1; echo END'
ExecStopPost=/sbin/poweroff -f
StandardOutput=tty
TTYPath=/dev/ttyS0
TimeoutStartSec=900
[Install]
WantedBy=multi-user.target
UNIT
mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
ln -sf ../deb-test.service "$root/etc/systemd/system/multi-user.target.wants/deb-test.service"
mke2fs -q -t ext4 -F -d "$root" "$work/disk" 3G >/dev/null
kernel=$(ls "$root"/boot/vmlinuz-* | tail -1)
initrd=$(ls "$root"/boot/initrd.img-* | tail -1)
# Emulated: slower than KVM, but there is no machine without it.
timeout 1500 qemu-system-x86_64 -accel tcg,thread=multi -cpu max -m 1024 -smp 2 -display none -no-reboot -nic none \
    -serial file:"$work/console.log" -drive file="$work/disk",format=raw,if=virtio \
    -kernel "$kernel" -initrd "$initrd" -append "root=/dev/vda rw console=ttyS0 quiet systemd.show_status=0" 2>"$work/qemu.log" || true
rm -f "$work/disk"
tr -d '\r' <"$work/console.log" | grep -a '^ok [0-9]\|^not ok\|^FAILED\|^1\.\.\|security\|^→' | tee "$work/result.tap"
grep -q '^1\.\.' "$work/result.tap" || { echo "not ok - the machine did not come to its end"; echo "1..1"; exit 1; }
! grep -q '^not ok' "$work/result.tap"
