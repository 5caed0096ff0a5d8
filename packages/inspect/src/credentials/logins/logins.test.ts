import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bootCheck } from '../../services/boot/index.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { evidenceOfCase, inShort } from '../testing.ts'
import { loginsCheck } from './index.ts'

const CHECKS = [loginsCheck, bootCheck]

function found(kind: 'near-miss' | 'negative' | 'positive', name: string): readonly string[] {
  return inShort(evidenceOfCase(import.meta.url, kind, name, CHECKS))
}

describe('credentials.logins', () => {
  it('finds comparisons with constants, and constants, in handlers of a web interface', () => {
    expect(found('positive', 'handlers')).toEqual([
      'database DB_PASSWORD Sql-const-1: against medium, set',
      'web-login LOGIN_PASS (tech) Techn1k: against high, set',
      'web-login _POST.password (admin) Web-9-admin: against high, set',
      'web-login f.passwd (root) Js-side-1: against high, set',
      'web-login password (service) Serv1ce-pw: against high, set',
      'web-login password Backd00r: against medium, set',
      'wifi-client wifi_password Lua-wifi-9: against medium, set',
    ])
  })

  it('finds constants in scripts', () => {
    expect(found('positive', 'scripts')).toEqual([
      'mqtt MQTT_PASSWORD Br0ker-pw: against medium, set',
      'web-login admin_password Py-admin-3: against medium, set',
      'wifi-client WIFI_PSK Init-psk-77: against medium, set',
    ])
  })

  it('finds them in LuCI and in applications for Node', () => {
    expect(found('positive', 'application')).toEqual([
      'web-login ADMIN_PASSWORD Kessel-Haus-4: against medium, set',
      'web-login pass (engineer) Gw-2016-eng: against high, set',
    ])
  })

  it('ends soon on hostile lines', () => {
    for (const line of [
      `pass${'-'.repeat(900)}`,
      `"pass"=="${'a'.repeat(60)}`.repeat(12),
      `[ $pass${' '.repeat(800)}`,
      'a-pass.'.repeat(130),
    ])
      expect(runChecks(CHECKS, [testArtefact('www/x.php', `${line}\n`.repeat(500))]).evidence).toEqual([])
  })

  it.each(['negative', 'near-miss'] as const)('is silent about what only looks like it: %s', (kind) => {
    for (const name of readdirSync(new URL(`./fixtures/${kind}/`, import.meta.url)))
      expect(found(kind, name)).toEqual([])
  })
})
