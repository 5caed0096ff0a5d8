import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bootCheck } from '../../services/boot/index.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { evidenceOfCase, inShort } from '../testing.ts'
import { nvramCheck } from './index.ts'

const CHECKS = [nvramCheck, bootCheck]

function found(kind: 'near-miss' | 'negative' | 'positive', name: string): readonly string[] {
  return inShort(evidenceOfCase(import.meta.url, kind, name, CHECKS))
}

describe('credentials.nvram', () => {
  it('reads tables of defaults and properties', () => {
    expect(found('positive', 'tables')).toEqual([
      'snmp snmp_rocommunity public: against medium, default',
      'web-login Password (admin) Ral1nk-pw: against medium, set',
      'web-login http_passwd (admin) admin: against medium, default',
      'wifi-access-point WPAPSK1 12345678: against medium, default',
      'wifi-access-point persist.sys.wifi.password Prop-psk-1: against medium, set',
      'wifi-access-point wl0_wpa_psk Home-psk-12: against medium, set',
      'wps-pin WscVendorPinCode 12345670: against medium, default',
      'wps-pin secret_code 12345670: against medium, default',
    ])
  })

  it('reads settings in a partition that nothing describes', () => {
    expect(found('positive', 'partition')).toEqual([
      'web-login http_passwd Part-adm1: against medium, set',
      'wifi-access-point wl0_wpa_psk Part-psk-9: against medium, set',
    ])
  })

  it('counts little what only lies side by side in a program', () => {
    expect(found('positive', 'program')).toEqual(['web-login http_passwd admin: against low, default'])
  })

  it.each([
    [
      'fw.bin@0x9000:esp-nvs',
      'wifi/password',
      'correct horse battery\0',
      'wifi-client wifi.password correct horse battery: against medium, set',
    ],
    [
      'fw.bin@0x9000:esp-nvs',
      'nvs.net80211/sta.pswd',
      'Home-net-1\0\0\0',
      'wifi-client nvs.net80211.sta.pswd Home-net-1: against medium, set',
    ],
    [
      'fw.bin@0x9000:esp-nvs',
      'cloud/mqtt_pass@0x40',
      'Br0ker-pw\0',
      'mqtt cloud.mqtt_pass Br0ker-pw: against medium, set',
    ],
    [
      'fw.bin@0x100:uboot-env',
      'environment.txt',
      'bootdelay=3\nwifi_psk=Env-psk-12\n',
      'wifi-access-point wifi_psk Env-psk-12: against medium, set',
    ],
  ])('%s %s', (root, inner, content, expected) => {
    const { evidence } = runChecks(CHECKS, [testArtefact(inner, content, { root })])
    expect(inShort(evidence.filter(({ kind }) => kind === 'credential.nvram'))).toEqual([expected])
  })

  it.each([
    ['fw.bin@0x9000:esp-nvs', 'wifi/password', '\xff\xfe\0'],
    ['fw.bin@0x9000:esp-nvs', 'cal/key_version', '12'],
    ['fw.bin@0x100:uboot-env', 'environment.txt', 'bootdelay=3\nserial_key=\nfdt_password=$pw\n'],
    ['fw.bin@0x0:squashfs', 'lib/key', 'Home-net-1'],
  ])('is silent about %s %s', (root, inner, content) => {
    expect(
      runChecks(CHECKS, [testArtefact(inner, Buffer.from(content, 'latin1'), { root })]).evidence,
    ).toEqual([])
  })

  it.each(['negative', 'near-miss'] as const)('is silent about what only looks like it: %s', (kind) => {
    for (const name of readdirSync(new URL(`./fixtures/${kind}/`, import.meta.url)))
      expect(found(kind, name)).toEqual([])
  })
})
