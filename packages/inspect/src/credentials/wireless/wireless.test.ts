import { describe, expect, it } from 'vitest'
import { bootCheck } from '../../services/boot/index.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { evidenceOfCase, inShort } from '../testing.ts'
import { wirelessCheck } from './index.ts'

const CHECKS = [wirelessCheck, bootCheck]

function found(kind: 'near-miss' | 'negative' | 'positive', name: string): readonly string[] {
  return inShort(evidenceOfCase(import.meta.url, kind, name, CHECKS))
}

describe('credentials.wireless', () => {
  it('reads hostapd: passphrases, PINs, open networks, servers, and files of keys', () => {
    expect(found('positive', 'hostapd')).toEqual([
      'radius auth_server_shared_secret s3cure-Radius: against medium, set',
      'wifi-access-point 00:00:00:00:00:00 FactoryFloor99: against medium, set',
      'wifi-access-point wpa_passphrase camera12345: against medium, set',
      'wifi-open ssid: against medium, none',
      'wps-pin ap_pin 12345670: against medium, default',
    ])
  })

  it('reads the networks that the device joins', () => {
    expect(found('positive', 'supplicant')).toEqual([
      'key-passphrase network.private_key_passwd (unit@maker.tld) Kq7mw2: against medium, set',
      'wifi-client network.password (unit@maker.tld) Ent3rprise: against medium, set',
      'wifi-client network.psk 3c8a4d1f0b7e6a5948372615f4e3d2c1b0a99887766554433221100ffeeddcc1: against medium, set',
      'wifi-client network.psk OdmFactory2021: against medium, set',
    ])
  })

  it('reads UCI, and counts less what is switched off', () => {
    expect(found('positive', 'uci')).toEqual([
      'radius wifi-iface.radius_radio0.auth_secret Sh4redWithServer: against medium, set',
      'wifi-access-point wifi-iface.default_radio0.key 12345678: against medium, default',
      'wifi-access-point wifi-iface.second.key Quiet-Hamster-77: against low, set',
      'wifi-open wifi-iface.open_radio0.ssid: against medium, none',
      'wps-pin wifi-iface.default_radio0.wps_pin 12345670: against medium, default',
    ])
  })

  it('reads the profiles of drivers', () => {
    expect(found('positive', 'ralink')).toEqual([
      'radius RADIUS_Key r4dius-key: against medium, set',
      'wifi-access-point WPAPSK1 88888888: against medium, default',
      'wifi-open SSID2: against medium, none',
    ])
  })

  it('is silent about comments, samples, enterprise networks and placeholders', () => {
    for (const name of ['no-secrets', 'example']) expect(found('negative', name)).toEqual([])
    expect(found('near-miss', 'placeholders')).toEqual([])
  })

  it('takes a value that a script replaces from randomness for neutral, and names the script', () => {
    const evidence = evidenceOfCase(import.meta.url, 'near-miss', 'generated', CHECKS)
    expect(inShort(evidence)).toEqual([
      'wifi-access-point wifi-iface.default_radio0.key changeme1: neutral medium, set',
      'wifi-access-point wpa_passphrase factory-only: neutral medium, set',
    ])
    expect(evidence.map(({ observation }) => observation)).toMatchObject([
      { replacedBy: { line: 4, command: 'uci set wireless.default_radio0.key="$key"' } },
      { replacedBy: { line: 3 } },
    ])
  })

  it('is not taken in by a script that writes something random elsewhere', () => {
    expect(found('near-miss', 'generated-elsewhere')).toEqual([
      'wifi-access-point wpa_passphrase factory-only: against medium, set',
    ])
  })

  it('is surer where the daemon is started, and says through which file', () => {
    const evidence = runChecks(CHECKS, [
      testArtefact('etc/hostapd.conf', 'interface=wlan0\nssid=Cam\nwpa=2\nwpa_passphrase=factory-only\n'),
      testArtefact('etc/inittab', '::sysinit:/etc/init.d/rcS\n'),
      testArtefact('etc/init.d/rcS', '#!/bin/sh\nhostapd -B /etc/hostapd.conf\n', { mode: 0o755 }),
      testArtefact('usr/sbin/hostapd', '\x7fELF', { mode: 0o755 }),
    ]).evidence.filter(({ kind }) => kind.startsWith('credential.'))
    expect(evidence).toMatchObject([
      { confidence: { grade: 'high' }, observation: { readBy: { command: 'hostapd -B /etc/hostapd.conf' } } },
    ])
  })

  it('ends soon on hostile text', () => {
    const lines = `bss=x\nssid=y\n`.repeat(60_000)
    const blocks = 'network={\nscan_ssid=1\n'.repeat(20_000)
    expect(runChecks(CHECKS, [testArtefact('etc/hostapd.conf', lines)]).evidence).toEqual([])
    expect(runChecks(CHECKS, [testArtefact('etc/wpa_supplicant.conf', blocks)]).evidence.length).toBeLessThan(
      2,
    )
  })
})
