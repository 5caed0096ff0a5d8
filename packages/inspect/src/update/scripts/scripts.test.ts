import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CREDENTIALS_CHECKS } from '../../credentials/index.ts'
import { bootCheck } from '../../services/boot/index.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { clientsCheck } from '../clients/index.ts'
import { mechanismCheck } from '../mechanism/index.ts'
import { inShort, partFaults } from '../mechanism/testing.ts'
import { scriptsCheck } from './index.ts'

const CHECKS = [bootCheck, clientsCheck, scriptsCheck, mechanismCheck, ...CREDENTIALS_CHECKS]

function evidenceOf(kind: string) {
  const folder = new URL(`./fixtures/${kind}/`, import.meta.url)
  return readdirSync(folder).map((name) => {
    const artefact = testArtefact(name.replaceAll('__', '/'), readFileSync(new URL(name, folder)), {
      mode: 0o755,
    })
    return { name, evidence: runChecks([bootCheck, clientsCheck, scriptsCheck], [artefact]).evidence }
  })
}

const script = (text: string, path = 'usr/bin/up') =>
  testArtefact(path, `#!/bin/sh\n${text}`, { mode: 0o755 })
const parts = (...files: Parameters<typeof runChecks>[1]) => {
  const run = runChecks(CHECKS, files)
  expect(partFaults(run)).toEqual([])
  return inShort(run).filter((line) => !line.includes(' open:'))
}
const kinds = (...files: Parameters<typeof runChecks>[1]) =>
  runChecks([bootCheck, clientsCheck, scriptsCheck], files).evidence.map(
    (one) => `${one.kind} ${one.polarity}`,
  )

describe('update.scripts', () => {
  it('finds what is against the product, and names what would overturn it', () => {
    for (const { name, evidence } of evidenceOf('positive')) {
      const against = evidence.filter((draft) => draft.polarity === 'against')
      expect(against.length, name).toBeGreaterThan(0)
      for (const draft of against) expect(draft.overturnedBy?.en, name).toMatch(/\S/)
    }
  })

  it('finds updates without anything against them', () => {
    for (const { name, evidence } of evidenceOf('negative')) {
      expect(
        evidence.filter((draft) => draft.polarity === 'against'),
        name,
      ).toEqual([])
    }
  })

  it('is silent about what only looks like an update', () => {
    for (const { name, evidence } of evidenceOf('near-miss')) expect(evidence, name).toEqual([])
  })

  it('leaves TLS with a checked certificate open, and holds an unchecked one against it', () => {
    const update = (options: string) =>
      script(`curl ${options} -o /tmp/f https://u.example.net/f\nsh /tmp/f\n`)
    expect(kinds(update('--fail'))).toEqual(['update.fetch-and-execute neutral'])
    expect(kinds(update('-sk'))).toEqual(['update.tls.unchecked against', 'update.fetch-and-execute against'])
    expect(kinds(update('-okernel'))).toEqual(['update.fetch-and-execute neutral'])
  })

  it('follows an address, a flag and a path from where they are set to where they are used', () => {
    const library = testArtefact(
      'lib/update.sh',
      '#!/bin/sh\nget() { $FETCH $OPTIONS -O "$2" "$BASE/$1" || return 1; }\nput() { mtd -r write "$1" firmware; }\n',
    )
    const main = script(
      '. /lib/update.sh\nBASE=$(uci -q get vendor.update.url)\nFETCH=wget\n[ -n "$BASE" ] && OPTIONS=--no-check-certificate\nget fw.bin /tmp/fw && put /tmp/fw\n',
    )
    const settings = testArtefact(
      'etc/config/vendor',
      "config settings 'update'\n\toption url 'https://updates.example.net/r1'\n",
    )
    expect(parts(library, main, settings)).toEqual([
      'script:/usr/bin/up agent: /usr/bin/up writes to flash what it fetches; nothing was found that starts it. @ lib/update.sh:3',
      'script:/usr/bin/up source: It fetches https://updates.example.net/r1/fw.bin. @ lib/update.sh:2',
      'script:/usr/bin/up transport against: The certificate of the server is not checked. @ lib/update.sh:2',
      'script:/usr/bin/up packageCheck against: What was fetched is written to flash without a verified signature. @ lib/update.sh:3',
    ])
  })

  it('tells whether the outcome of a verification counts', () => {
    const update = (verify: string) =>
      parts(script(`wget -O /tmp/f http://u.example.net/f\n${verify}\nflashcp /tmp/f /dev/mtd3\n`)).filter(
        (line) => line.includes('packageCheck'),
      )
    const command = 'usign -V -m /tmp/f -p /etc/update.pub'
    const yes = /verifies a signature with \/etc\/update\.pub, and goes on only if that succeeds/
    const open = /that a failure stops it was not seen/
    expect(update(`${command} || exit 1`)[0]).toMatch(yes)
    expect(update(`if ! ${command}; then exit 1; fi`)[0]).toMatch(yes)
    expect(update(`set -e\n${command}`)[0]).toMatch(yes)
    expect(update(`check() { ${command}; }\ncheck || exit 1`)[0]).toMatch(yes)
    expect(update(`${command}\n[ $? -eq 0 ] || exit 1`)[0]).toMatch(yes)
    expect(update(command)[0]).toMatch(open)
    expect(update(`${command} || echo bad`)[0]).toMatch(open)
    expect(update('/usr/sbin/fw_verify /tmp/f || exit 1')[0]).toMatch(
      /It runs fw_verify before; whether that/,
    )
    expect(update('verify_md5 /tmp/f || exit 1')[0]).toMatch(/without a verified signature/)
  })

  it('holds nothing against what is written to flash and was not fetched', () => {
    expect(kinds(script('mtd write /mnt/usb/fw.bin firmware\n'))).toEqual([])
    expect(parts(script('mtd write /mnt/usb/fw.bin firmware\n'))).toEqual([
      'script:/usr/bin/up agent: /usr/bin/up writes to flash; nothing was found that starts it. @ usr/bin/up:2',
      'script:/usr/bin/up source: The update is read from a medium that is plugged in (/mnt/usb/fw.bin). @ usr/bin/up:2',
      'script:/usr/bin/up packageCheck: No command of the script verifies a signature; what calls it, or what it calls, may. @ usr/bin/up:2',
    ])
    expect(
      kinds(script('wget -O /tmp/list http://u.example.net/list.html\nmtd write /rom/spare spare\n')),
    ).toEqual([])
  })

  it('is silent about flash that is read, wiped, or written with settings, and about data that is fetched', () => {
    for (const text of [
      'cp /dev/mtdblock3 /tmp/firmware.bin\n',
      'dd if=/dev/zero of=/dev/mtdblock3\n',
      'mtd write /tmp/nvram config\n',
      'wget -O /tmp/g.tgz http://u.example.net/geo.tgz\ntar xzf /tmp/g.tgz -C /usr/share/geo\n',
    ])
      expect(parts(script(text, 'usr/sbin/tool')), text).toEqual([])
  })

  it('knows what was unpacked, copied and piped from what was fetched', () => {
    const against = (text: string) =>
      kinds(script(text)).filter((one) => one === 'update.fetch-and-execute against').length
    expect(
      against(
        'wget http://u.example.net/fw.tgz\ntar xzf fw.tgz -C /tmp/new\nmtd write /tmp/new/image firmware\n',
      ),
    ).toBe(1)
    expect(against('wget -O- http://u.example.net/fw.gz | gunzip | dd of=/dev/mmcblk0p2\n')).toBe(1)
    expect(against('cd /tmp\ncurl -O http://u.example.net/run.sh\nchmod +x run.sh\n./run.sh\n')).toBe(1)
    expect(against('curl http://u.example.net/app.tgz > /tmp/a\ntar -xzf /tmp/a -C /opt/app\n')).toBe(1)
    expect(against('wget -O /tmp/a http://u.example.net/a.sh\n. /tmp/a\n')).toBe(1)
  })

  it('names what only fetches firmware, and what it runs that may verify it', () => {
    const text =
      'OPTIONS="-q --no-check-certificate"\nwget $OPTIONS $(nvram get url)/fw -O /tmp/linux.trx\nrsasign_check /tmp/linux.trx\nrc rc_service restart_upgrade\n'
    expect(kinds(script(text))).toEqual([])
    expect(parts(script(text))).toEqual([
      'script:/usr/bin/up agent: /usr/bin/up fetches what is firmware by its name; what puts it into place was not seen; nothing was found that starts it. @ usr/bin/up:3',
      'script:/usr/bin/up source: It fetches from an address that the script does not hold ($()/fw). @ usr/bin/up:3',
      'script:/usr/bin/up transport: The certificate of the server is not checked. @ usr/bin/up:3',
      'script:/usr/bin/up packageCheck: It runs rsasign_check before; whether that verifies a signature was not seen. @ usr/bin/up:4',
    ])
  })

  it('holds nothing against what is given to a program of the maker, which may verify it', () => {
    const text = 'curl -k -o /tmp/FIRMWARE.bin $URL\nmd5sum /tmp/FIRMWARE.bin\nfwburnonly /tmp/FIRMWARE.bin\n'
    expect(kinds(script(text))).toEqual([])
    expect(parts(script(text))).toEqual([
      'script:/usr/bin/up agent: /usr/bin/up gives what it fetches to a program that writes it, by its name; nothing was found that starts it. @ usr/bin/up:4',
      'script:/usr/bin/up source: It fetches from an address that the script does not hold ($URL). @ usr/bin/up:2',
      'script:/usr/bin/up transport: The certificate of the server is not checked. @ usr/bin/up:2',
      'script:/usr/bin/up packageCheck: No command of the script verifies a signature; what calls it, or what it calls, may. @ usr/bin/up:4',
    ])
  })

  it('follows a choice between two devices, and none between a device and a file', () => {
    const choice = (other: string) =>
      parts(
        script(
          `curl --cacert /etc/ca.pem -fo /tmp/fw.bin https://u.example.net/fw.bin\nif [ "$(fw_printenv -n slot)" = a ]; then to=/dev/mmcblk0p3; n=b; else to=${other}; n=a; fi\ndd if=/tmp/fw.bin of=$to bs=1M\nfw_setenv slot $n\n`,
        ),
      ).filter((line) => / (?:agent|packageCheck|install)/.test(line))
    expect(choice('/dev/mmcblk0p2')).toEqual([
      'script:/usr/bin/up agent: /usr/bin/up writes to flash what it fetches; nothing was found that starts it. @ usr/bin/up:4',
      'script:/usr/bin/up packageCheck: What was fetched is written to flash without a verified signature. @ usr/bin/up:4',
      'script:/usr/bin/up install: It writes to one of several devices, which it chooses: /dev/mmcblk0p3, /dev/mmcblk0p2. @ usr/bin/up:4',
    ])
    expect(choice('/dev/mmcblk0p3').filter((line) => line.includes('install'))).toEqual([])
    expect(choice('/tmp/copy.bin')).toEqual([
      'script:/usr/bin/up agent: /usr/bin/up fetches what is firmware by its name; what puts it into place was not seen; nothing was found that starts it. @ usr/bin/up:2',
    ])
  })

  it('says that a checksum is all that is computed', () => {
    const text =
      'curl -ko /tmp/fw.bin https://u.example.net/fw.bin\nmd5sum -c /tmp/fw.md5 || exit 1\nnandwrite -p /dev/mtd3 /tmp/fw.bin\n'
    expect(parts(script(text)).filter((line) => line.includes('packageCheck'))).toEqual([
      'script:/usr/bin/up packageCheck against: What was fetched is written to flash without a verified signature; only a checksum is computed. @ usr/bin/up:4',
    ])
  })

  it('joins a schedule to what only fetches, once, and writes its fields with single spaces', () => {
    const crontab = testArtefact('etc/crontabs/root', '25 6\t* * *\t/usr/bin/fw_upgrade\n')
    const text = script('wget https://u.example.net/fw.bin -O /tmp/fw.bin\n', 'usr/bin/fw_upgrade')
    expect(parts(text, crontab).filter((line) => line.includes('automatic'))).toEqual([
      'script:/usr/bin/fw_upgrade automatic for: A crontab of the image starts it (25 6 * * *). @ etc/crontabs/root:1',
    ])
  })

  it('gives what a client installs to the mechanism of that client', () => {
    expect(parts(script('rauc install "https://u.example.net/stable.raucb"\n'))).toEqual([
      'rauc agent: /usr/bin/up has updates installed by RAUC; nothing was found that starts it. @ usr/bin/up:2',
      'rauc source: It fetches https://u.example.net/stable.raucb. @ usr/bin/up:2',
      'rauc transport: rauc checks the server with the authorities of the system, as nothing tells it otherwise. @ usr/bin/up:2',
      'rauc packageCheck: RAUC verifies the signature of every bundle; with which key was not found. @ usr/bin/up:2',
    ])
    expect(
      parts(
        script('wget -O /tmp/a.swu http://u.example.net/a.swu\nswupdate -k /etc/key.pem -i /tmp/a.swu\n'),
      ),
    ).toContain(
      'swupdate packageCheck: SWUpdate is told to verify signatures with /etc/key.pem. @ usr/bin/up:3',
    )
  })

  it('follows Lua, JavaScript, Python and PHP from variable to use', () => {
    const short = (path: string, text: string) =>
      parts(testArtefact(path, text)).map((line) => line.replace(/^script:\S+ /, '').replace(/ @ .*:/, ' @ '))
    expect(
      short(
        'usr/lib/lua/luci/controller/fw.lua',
        'local base = "http://u.example.net"\nfunction up()\n  luci.sys.call("wget -O /tmp/fw " .. base .. "/fw.bin")\n  luci.sys.call("sysupgrade -n /tmp/fw")\nend\n',
      ),
    ).toEqual([
      'agent: /usr/lib/lua/luci/controller/fw.lua writes to flash what it fetches; nothing was found that starts it. @ 4',
      'source against: It fetches http://u.example.net/fw.bin. @ 3',
      'packageCheck against: What was fetched is written to flash without a verified signature. @ 4',
    ])
    expect(
      short(
        'opt/app/update.py',
        "import requests, subprocess\nURL = 'https://u.example.net'\ndef go():\n    r = requests.get(f'{URL}/fw.bin', verify=False)\n    open('/tmp/fw', 'wb').write(r.content)\n    subprocess.run(['rauc', 'install', '/tmp/fw'])\n",
      ),
    ).toEqual([
      'rauc agent: /opt/app/update.py has updates installed by RAUC; nothing was found that starts it. @ 6',
      'rauc source: It fetches https://u.example.net/fw.bin. @ 4',
      'rauc transport: The certificate of the server is not checked. @ 4',
      'rauc packageCheck: RAUC verifies the signature of every bundle; with which key was not found. @ 6',
    ])
    expect(
      short(
        'srv/update.js',
        "const { exec } = require('child_process')\nhttps.get('https://u.example.net/fw', { rejectUnauthorized: false }, (r) => r.pipe(fs.createWriteStream('/tmp/fw')))\nexec('flashcp /tmp/fw /dev/mtd3')\n",
      ),
    ).toContain('transport against: The certificate of the server is not checked. @ 2')
    expect(
      short(
        'www/update.php',
        "<?php\n$c = curl_init();\ncurl_setopt($c, CURLOPT_URL, 'https://u.example.net/fw');\ncurl_setopt($c, CURLOPT_SSL_VERIFYPEER, false);\n$d = curl_exec($c);\nfile_put_contents('/tmp/fw', $d);\nexec('mtd write /tmp/fw firmware');\n",
      ),
    ).toContain('transport against: The certificate of the server is not checked. @ 5')
  })

  it('names how a script tells somebody', () => {
    const text = 'curl http://u.example.net/f | sh\nlogger -t up done\nmosquitto_pub -t dev/update -m done\n'
    expect(parts(script(text)).filter((line) => line.includes('notification'))).toEqual([
      'script:/usr/bin/up notification: It writes a line to the log. @ usr/bin/up:3',
      'script:/usr/bin/up notification: It writes an MQTT message. @ usr/bin/up:4',
    ])
  })

  it('says what starts a script', () => {
    const cron = testArtefact('etc/crontabs/root', '20 3 * * * /usr/bin/up\n')
    expect(parts(script('curl http://u.example.net/f | sh\n'), cron)).toEqual([
      'script:/usr/bin/up agent: /usr/bin/up runs what it fetches; a schedule starts it. @ usr/bin/up:2',
      'script:/usr/bin/up source against: It fetches http://u.example.net/f. @ usr/bin/up:2',
      'script:/usr/bin/up packageCheck against: What was fetched is run without a verified signature. @ usr/bin/up:2',
      'script:/usr/bin/up automatic for: A crontab of the image starts it (20 3 * * *). @ etc/crontabs/root:1',
    ])
  })
})
