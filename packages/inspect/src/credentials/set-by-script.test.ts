import { describe, expect, it } from 'vitest'
import type { Fact, Facts } from '../contract.ts'
import { madeSecrets } from './set-by-script.ts'

function made(text: string, inner = 'etc/init.d/S50', unit = ''): readonly string[] {
  const place = {
    path: `fw/${inner}`,
    root: 'fw',
    inner,
    offset: 0,
    length: 1,
    sha256: '',
  }
  const other = {
    ...place,
    path: 'fw/etc/systemd/system/first.service',
    inner: 'etc/systemd/system/first.service',
  }
  const files: readonly Fact<'boot.file'>[] = [
    { kind: 'boot.file', place, data: { text, mode: 0o755 } },
    { kind: 'boot.file', place: other, data: { text: unit, mode: 0o644 } },
  ]
  const facts: Facts = {
    of: ((kind: string) => (kind === 'boot.file' ? files : [])) as unknown as Facts['of'],
  }
  return madeSecrets(facts).map(({ line, from, target }) => `${line} ${target.store} ${target.name}: ${from}`)
}

describe('secrets that scripts make on the device', () => {
  it.each([
    ['PW=$(head -c 12 /dev/urandom | base64)\necho "root:$PW" | chpasswd', ['2 account root: random']],
    ['echo "root:$(openssl rand -hex 8)" | chpasswd -c sha512', ['1 account root: random']],
    ['p=`pwgen -s 12 1`\nprintf "%s\\n%s\\n" "$p" "$p" | passwd admin', ['2 account admin: random']],
    ['PW=$(uuidgen)\nchpasswd <<EOF\nroot:$PW\nEOF\necho done', ['3 account root: random']],
    ['usermod -p "$(openssl passwd -6 "$(openssl rand -hex 12)")" service', ['1 account service: random']],
    ['MAC=$(cat /sys/class/net/eth0/address)\necho "root:$MAC" | chpasswd', ['2 account root: identity']],
    [
      'M=$(fw_printenv -n ethaddr)\nH=$(echo -n $M | md5sum | cut -c1-8)\necho -e "$H\\n$H" | passwd',
      ['3 account root: identity'],
    ],
    [
      'uci set wireless.@wifi-iface[0].key="$(cat /sys/class/net/wlan0/address | md5sum | cut -c1-8)"',
      ['1 uci wireless.@wifi-iface[0].key: identity'],
    ],
    ['nvram set wl0_wpa_psk=$(nvram get et0macaddr | tr -d :)', ['1 nvram wl0_wpa_psk: identity']],
    [
      'S=$(awk "/Serial/ {print \\$3}" /proc/cpuinfo)\nnvram set http_passwd=$S',
      ['2 nvram http_passwd: identity'],
    ],
    [
      'if [ ! -f /etc/done ]; then PW=$(cat /proc/sys/kernel/random/uuid)\n echo "admin:$PW" | chpasswd\nfi',
      ['2 account admin: random'],
    ],
    // What has random bits in it is not worked out from the address.
    [
      'M=$(cat /sys/class/net/eth0/address)\nR=$(openssl rand -hex 8)\nP=$M$R\necho "root:$P" | chpasswd',
      ['4 account root: random'],
    ],
  ])('reads %j', (text, expected) => {
    expect(made(text)).toEqual(expected)
  })

  it.each([
    'MAC=$(cat /sys/class/net/eth0/address)\nuci set network.lan.macaddr=$MAC',
    'MAC=$(cat /sys/class/net/eth0/address)\necho "root:admin" | chpasswd',
    'MAC=$(cat /sys/class/net/eth0/address)\n[ -n "$MAC" ] && echo "root:$STORED" | chpasswd',
    'PW=$(openssl rand -hex 8)\nPW=admin\necho "root:$PW" | chpasswd',
    'PW=$(openssl rand -hex 8)\necho "root:$PW" > /dev/console\n: passwd',
    '# echo "root:$(openssl rand -hex 8)" | chpasswd',
    'dd if=/dev/urandom of=/var/lib/seed count=1\npasswd -l root',
    'S=$(fw_printenv -n serial)\nuci set system.@system[0].hostname=cam-$S',
    'nvram set lan_hwaddr=$(nvram get et0macaddr)',
  ])('leaves alone %j', (text) => {
    expect(made(text)).toEqual([])
  })

  it('counts a script elsewhere only where a file of the boot names it', () => {
    const script = 'echo "root:$(openssl rand -hex 8)" | chpasswd'
    expect(made(script, 'usr/sbin/first')).toEqual([])
    expect(made(script, 'usr/sbin/first', 'ExecStart=/usr/sbin/first')).toEqual(['1 account root: random'])
    expect(made(script, 'usr/share/doc/x/first', 'Documentation=/usr/share/doc/x/first')).toEqual([])
  })
})
