import { describe, expect, it } from 'vitest'
import { runChecks, testArtefact } from '../../testing.ts'
import { unitIdentityCheck } from './index.ts'

const found = (...artefacts: readonly ReturnType<typeof testArtefact>[]) =>
  runChecks([unitIdentityCheck], artefacts).facts.map(({ data }) => {
    const { kind, name, value } = data as { kind: string; name: string; value: string }
    return `${kind} ${name}=${value}`
  })

describe('units.identity', () => {
  it('reads settings, boot environments, files of one value and stores of an ESP32', () => {
    expect(
      found(
        testArtefact(
          'etc/config/wireless',
          "config wifi-iface\n\toption ssid 'Net-7F'\n\toption macaddr '00:16:3e:40:12:08'\n",
        ),
      ),
    ).toEqual(['ssid ssid=Net-7F', 'mac macaddr=00163E401208'])
    expect(
      found(
        testArtefact('environment.txt', 'ethaddr=00:16:3E:40:12:08\nserial#=SN1-77\n', {
          root: 'mtd1.bin@0x0:uboot-env',
        }),
      ),
    ).toEqual(['mac ethaddr=00163E401208', 'serial serial#=SN1-77'])
    expect(found(testArtefact('factory/serial', 'SN-4711\n'))).toEqual(['serial serial=SN-4711'])
    expect(found(testArtefact('factory/mac.txt', '00:16:3e:40:12:08\n'))).toEqual(['mac mac=00163E401208'])
    expect(found(testArtefact('etc/board.json', '{"macaddr":"00:16:3e:40:12:08"}'))).toEqual([
      'mac macaddr=00163E401208',
    ])
    expect(
      found(testArtefact('factory/mac', Buffer.from('00163e401208', 'hex'), { root: 'a.bin@0x0:esp-nvs' })),
    ).toEqual(['mac mac=00163E401208'])
  })

  it('reads partitions without a file system by the names of their settings', () => {
    const text = `${'\xff'.repeat(64)}lan_hwaddr=00:16:3E:40:12:08\0wl0_ssid=Net-7F\0x=1\0`
    expect(found(testArtefact('', Buffer.from(text, 'latin1'), { type: 'unknown' }))).toEqual([
      'mac lan_hwaddr=00163E401208',
      'ssid wl0_ssid=Net-7F',
    ])
  })

  it('takes no placeholder, no address of nobody, and no sample', () => {
    expect(found(testArtefact('etc/board.json', '{"macaddr": "00:00:00:00:00:00", "serial": ""}'))).toEqual(
      [],
    )
    expect(
      found(testArtefact('environment.txt', 'ethaddr=ff:ff:ff:ff:ff:ff\n', { root: 'x@0x0:uboot-env' })),
    ).toEqual([])
    expect(found(testArtefact('usr/share/doc/x/examples/hostapd.conf', 'ssid=test\n'))).toEqual([])
  })

  it('stays within its bounds', () => {
    const many = Array.from(
      { length: 5000 },
      (_, at) =>
        `mac${at % 10}=00:16:3E:40:${(at >> 8).toString(16).padStart(2, '0')}:${(at & 255).toString(16).padStart(2, '0')}`,
    )
    expect(found(testArtefact('etc/device.conf', many.join('\n')))).toHaveLength(64)
  })
})
