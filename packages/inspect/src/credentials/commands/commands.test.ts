import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bootCheck } from '../../services/boot/index.ts'
import { evidenceOfCase, inShort } from '../testing.ts'
import { commandsCheck } from './index.ts'

const CHECKS = [commandsCheck, bootCheck]

function found(kind: 'near-miss' | 'negative' | 'positive', name: string): readonly string[] {
  return inShort(evidenceOfCase(import.meta.url, kind, name, CHECKS))
}

describe('credentials.commands', () => {
  it('reads the commands of scripts, also where a variable holds the secret', () => {
    expect(found('positive', 'scripts')).toEqual([
      'database mysql -p (root) Sql-9: against medium, set',
      'encryption openssl -K 8f0e1d2c3b4a59687786a5b4c3d2e1f0: against medium, set',
      'encryption openssl -k Upd8-Key-For-All: against medium, set',
      'encryption unzip -P Zip-pass-1: against medium, set',
      'file-sharing smbclient -U (cam) Rec0rder: against medium, set',
      'key-passphrase openssl -passin Key-pass-7: against medium, set',
      'mqtt mosquitto -P (fleet) Fl33t-pw: against medium, set',
      'remote-login curl -u (maker) Push-42: against medium, set',
      'remote-login sshpass -p T0nnel: against medium, set',
      'remote-login wget --password (ota) 0ta-secret: against medium, set',
      'remote-screen x11vnc -passwd Hm1-pass: against medium, set',
      'snmp snmpset -c private: against medium, default',
      'web-login chpasswd (field) F13ld-pw: against medium, set',
      'web-login chpasswd (root) Cam-2019: against medium, set',
      'web-login htpasswd -b (viewer) Welc0me-1: against medium, set',
      'web-login nvram set http_passwd admin: against medium, default',
      'web-login passwd (service) Ipc-71a: against medium, set',
      'wifi-access-point nvram set wl0_wpa_psk Lamp-and-Key: against medium, set',
      'wifi-access-point uci set wireless.@wifi-iface[0].key Garten-Zaun-7: against medium, set',
    ])
  })

  it('reads commands among the strings of a program', () => {
    expect(found('positive', 'program')).toEqual(['encryption openssl -k Fw-Pass-2020: against medium, set'])
  })

  it('reads files with a key and an initialisation vector', () => {
    expect(found('positive', 'key-file')).toEqual([
      'encryption aes.key 390ad54490a4a5f53722291023c19e08ffb5c4677a59e958c96ffa6e641df040: against medium, set',
    ])
  })

  it('tells passwords that are made out of an address', () => {
    const evidence = evidenceOfCase(import.meta.url, 'positive', 'derived', CHECKS)
    expect(evidence.map(({ kind, polarity, observation }) => ({ kind, polarity, observation }))).toEqual([
      {
        kind: 'credential.command.derived',
        polarity: 'against',
        observation: { file: 'etc/init.d/S40secrets', line: 6, store: 'account', name: 'root' },
      },
      {
        kind: 'credential.command.derived',
        polarity: 'against',
        observation: {
          file: 'etc/uci-defaults/30-wifi',
          line: 5,
          store: 'uci',
          name: 'wireless.default_radio0.key',
        },
      },
    ])
  })

  it('reads static keys of OpenVPN', () => {
    expect(found('positive', 'static-key')).toEqual([
      expect.stringMatching(/^vpn ta\.key [0-9a-f]{512}: against medium, set$/),
    ])
  })

  it.each(['negative', 'near-miss'] as const)('is silent about what only looks like it: %s', (kind) => {
    for (const name of readdirSync(new URL(`./fixtures/${kind}/`, import.meta.url)))
      expect(found(kind, name)).toEqual([])
  })
})
