import { describe, expect, it } from 'vitest'
import type { EvidenceDraft, Settings } from '../../contract.ts'
import { snmpKey } from '../../passwords/kinds/snmp.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { fixtureCases } from '../testing.ts'
import { serviceAccountsCheck } from './index.ts'

type Kind = 'positive' | 'negative' | 'near-miss'

function evidenceOf(kind: Kind, name: string): readonly EvidenceDraft[] {
  const found = fixtureCases(import.meta.url, kind).find((one) => one.name === name)
  return runChecks([serviceAccountsCheck], found?.artefacts ?? []).evidence
}

/** `user: kind grade password`, sorted. */
function inShort(evidence: readonly EvidenceDraft[]): readonly string[] {
  return evidence
    .map(({ kind, confidence, observation }) => {
      const { user, password } = observation as {
        readonly user?: string | null
        readonly password?: { readonly $secret: { readonly value: string } }
      }
      const words = [kind.replace('account.service.', ''), confidence.grade, password?.$secret.value]
      return `${user ?? '-'}: ${words.filter(Boolean).join(' ')}`
    })
    .toSorted()
}

describe('credentials.service-accounts', () => {
  it('reads htpasswd files with hashes of every kind', () => {
    expect(inShort(evidenceOf('positive', 'htpasswd'))).toEqual([
      'admin: weak high admin',
      'argon: not-tried medium',
      'bcrypt: weak high guest',
      'old: weak high root',
      'salted: weak high changeme',
      'sha: weak high password',
      'strong: set medium',
    ])
  })

  it('knows files of users of any name by their hashes', () => {
    expect(inShort(evidenceOf('positive', 'any-name'))).toEqual([
      'camera: weak high camera',
      'sensor: set medium',
    ])
  })

  it('tries passwords with the realm of a digest', () => {
    expect(inShort(evidenceOf('positive', 'digest'))).toEqual(['admin: weak high 1234', 'viewer: set medium'])
  })

  it('reads the users of small web servers', () => {
    expect(inShort(evidenceOf('positive', 'web'))).toEqual([
      'admin: clear medium admin',
      'admin: weak high admin123',
      'new: not-tried medium',
      'root: weak high admin',
      'root: weak high root',
      'user: clear medium Kd82-lamp',
    ])
  })

  it('reads Samba, RADIUS, vsftpd, SNMPv3 and Asterisk', () => {
    expect(inShort(evidenceOf('positive', 'network'))).toEqual([
      '100: weak high 100',
      'bob: clear medium hello',
      'cam: clear medium cam-pass-1',
      'ftp: clear medium ftp',
      'lab: weak high admin',
      'monitor: weak high 12345678',
      'nobody: weak high 12345678',
      'old: weak high 123456',
      'ops: set medium',
      'ops: set medium',
      'share: empty medium',
    ])
  })

  it('finds hashes in the settings of web interfaces, with the name above them', () => {
    expect(inShort(evidenceOf('positive', 'settings'))).toEqual([
      'admin: weak high admin',
      'op: set medium',
      'root: weak high 888888',
    ])
  })

  it('knows the passwd of a service from that of the system, and groups among locked ones', () => {
    expect(inShort(evidenceOf('positive', 'passwd-of-a-service'))).toEqual([
      'broker: weak high broker',
      'wheel: weak medium admin',
    ])
  })

  it('reads users in the clear of lighttpd and of the older GoAhead', () => {
    expect(inShort(evidenceOf('positive', 'plain'))).toEqual([
      'admin: clear medium admin',
      'admin: clear medium admin',
      'viewer: clear medium Lamp-77',
    ])
  })

  it('reads the lines of accounts that a script or a program writes', () => {
    expect(inShort(evidenceOf('positive', 'written'))).toEqual([
      'root: set medium',
      'root: weak high juantech',
    ])
  })

  it('is less sure about the passwords of groups', () => {
    expect(inShort(evidenceOf('positive', 'groups'))).toEqual(['admin: weak medium admin'])
  })

  it('names what would overturn everything that is against', () => {
    for (const { name } of fixtureCases(import.meta.url, 'positive')) {
      for (const draft of evidenceOf('positive', name))
        expect(draft.overturnedBy, `${name} ${draft.kind}`).toBeDefined()
    }
  })

  it('holds nothing against users that are switched off or the system’s own', () => {
    expect(evidenceOf('negative', 'switched-off')).toEqual([])
  })

  it('says of samples that they are', () => {
    const evidence = evidenceOf('negative', 'samples')
    expect(evidence.map(({ kind, polarity }) => [kind, polarity])).toEqual(
      Array(3).fill(['account.service.sample', 'neutral']),
    )
  })

  it('holds nothing against code, documents and other files', () => {
    const cases = fixtureCases(import.meta.url, 'near-miss')
    expect(cases.length).toBeGreaterThan(3)
    for (const { name } of cases) {
      const against = evidenceOf('near-miss', name).filter(({ polarity }) => polarity === 'against')
      expect(against, name).toEqual([])
    }
  })

  it('puts every statement at its line', () => {
    const { evidence } = runChecks(
      [serviceAccountsCheck],
      [testArtefact('etc/web.users', 'a:$1$abcdefgh$G//4keteveJp0qb8z2DxG/\n')],
    )
    expect(evidence[0]?.place).toMatchObject({ offset: 0, length: 36, inner: 'etc/web.users' })
  })

  it('reads nothing that is larger than a file of users, and says where guesses were used up', () => {
    const line = 'a:$1$abcdefgh$G//4keteveJp0qb8z2DxG/\n'
    const large = testArtefact('etc/web.users', line.repeat(8000))
    expect(runChecks([serviceAccountsCheck], [large]).evidence).toEqual([])
    const limits: string[] = []
    const settings: Settings = { trusted: [], trustedDigests: [], guesses: 1, productWords: [] }
    serviceAccountsCheck.look?.(
      { ...testArtefact('etc/htpasswd', 'a:$1$aaaa$5zOe4j1kyLiZ5DYi.wRtb1\n'), hits: [] },
      { evidence: () => {}, fact: () => {}, pin: () => {}, limit: (limit) => void limits.push(limit) },
      settings,
    )
    expect(limits).toEqual(['guesses'])
  })
})

describe('keys of SNMPv3', () => {
  // RFC 3414, appendix A.3.
  it.each([
    ['md5', '526f5eed9fcce26f8964c2930787d82b'],
    ['sha1', '6695febc9288e36282235fc7151f128497b38f3f'],
  ] as const)('%s', (algorithm, key) => {
    const read = snmpKey(algorithm, key, '000000000000000000000002')
    const tried = ['maplesyru', 'maplesyrup', 'short'].map((password) => Buffer.from(password))
    expect(read.state === 'hash' && read.hash.find(tried)).toBe(1)
    expect(read.state === 'hash' && read.hash.find([Buffer.from('short')])).toBe(-1)
  })
})
