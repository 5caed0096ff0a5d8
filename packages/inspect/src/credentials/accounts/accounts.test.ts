import { describe, expect, it } from 'vitest'
import type { Artefact, EvidenceDraft, MapOut, Settings } from '../../contract.ts'
import { bootCheck } from '../../services/boot/index.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { fixtureCases } from '../testing.ts'
import { accountsCheck } from './index.ts'

type Kind = 'positive' | 'negative' | 'near-miss'

const known = new Map<string, readonly EvidenceDraft[]>()

function evidenceOf(kind: Kind, name: string): readonly EvidenceDraft[] {
  const key = `${kind}/${name}`
  const found = fixtureCases(import.meta.url, kind).find((one) => one.name === name)
  const evidence = known.get(key) ?? runChecks([accountsCheck], found?.artefacts ?? []).evidence
  known.set(key, evidence)
  return evidence
}

/** `user: kind, polarity, grade`, without the kind's common start. */
function inShort(evidence: readonly EvidenceDraft[]): readonly string[] {
  return evidence.map(({ kind, polarity, confidence, observation }) => {
    const { user } = observation as { readonly user?: string }
    return `${user ?? '-'}: ${kind.replace('account.', '')}, ${polarity}, ${confidence.grade}`
  })
}

function shadow(
  content: string,
  more: { mode?: number; rights?: Partial<Artefact>; settings?: Partial<Settings> } = {},
) {
  return runChecks(
    [accountsCheck],
    [testArtefact('etc/shadow', content, { mode: more.mode ?? 0o600, ...more.rights })],
    more.settings,
  ).evidence
}

describe('credentials.accounts', () => {
  it('names weak passwords behind every kind of hash that it computes', () => {
    const evidence = evidenceOf('positive', 'weak-of-every-kind')
    const found = evidence.map(({ observation }) => {
      const { user, algorithm, password } = observation as {
        readonly user: string
        readonly algorithm: string
        readonly password: { readonly $secret: { readonly value: string } }
      }
      return [user, algorithm, password.$secret.value]
    })
    expect(found).toEqual([
      ['root', 'md5', 'root'],
      ['one', 'des', 'xc3511'],
      ['two', 'apr1', 'admin'],
      ['three', 'sha256', 'three123'],
      ['four', 'sha256', '12345'],
      ['five', 'sha512', 'admin123'],
      ['six', 'sha512', 'changeme'],
      ['seven', 'bcrypt', 'password'],
      ['eight', 'bcrypt', 'eight'],
      ['nine', 'yescrypt', 'root'],
      ['ten', 'scrypt', 'toor'],
      ['eleven', 'BSDi', 'telecomadmin'],
      ['twelve', 'NT', 'default'],
    ])
    for (const { kind, polarity, confidence } of evidence) {
      expect([kind, polarity, confidence.grade]).toEqual(['account.password.weak', 'against', 'high'])
    }
  })

  it('takes a hash for harmless that a script of the boot replaces by a random password', () => {
    const script = '#!/bin/sh\nPW=$(head -c 12 /dev/urandom | base64)\necho "root:$PW" | chpasswd\n'
    const hash = '$1$aaaa$VY1p7lWX4RTBcJX7jHq1a/'
    const evidence = (more: readonly Artefact[]) =>
      runChecks(
        [accountsCheck, bootCheck],
        [
          testArtefact('etc/shadow', `root:${hash}:1::::::\nadmin:${hash}:1::::::\n`, { mode: 0o600 }),
          ...more,
        ],
      ).evidence.filter(({ kind }) => kind.startsWith('account.'))
    const at = (path: string, root?: string) =>
      testArtefact(path, script, { mode: 0o755, ...(root === undefined ? {} : { root }) })
    const against = ['root: password.set, against, medium', 'admin: password.set, against, medium']
    expect(inShort(evidence([]))).toEqual(against)
    expect(inShort(evidence([at('usr/share/doc/x/S50password')]))).toEqual(against)
    expect(inShort(evidence([at('etc/init.d/S50password', 'other.bin@0x0:squashfs')]))).toEqual(against)
    const replaced = evidence([at('etc/init.d/S50password')])
    expect(inShort(replaced)).toEqual([
      '-: password.set, neutral, medium',
      'admin: password.set, against, medium',
    ])
    expect(replaced[0]?.observation).toMatchObject({
      found: { user: 'root' },
      replacedBy: { file: 'etc/init.d/S50password', line: 3 },
    })
  })

  it('counts accounts in documentation without trying anything on them', () => {
    const [sample, ...more] = runChecks(
      [accountsCheck],
      [
        testArtefact(
          'usr/share/doc/x/etc/shadow',
          'root:$1$aaaa$VY1p7lWX4RTBcJX7jHq1a/:1::::::\nbin:*:1::::::\n',
        ),
      ],
    ).evidence
    expect(sample).toMatchObject({
      kind: 'account.sample',
      polarity: 'neutral',
      observation: { accounts: 1 },
    })
    expect(more).toEqual([])
  })

  it('says which hashes are set, and which were not tried', () => {
    const evidence = evidenceOf('positive', 'set-and-not-tried')
    expect(inShort(evidence)).toEqual([
      ...['des', 'md5', 'yescrypt', 'scrypt', 'bsdi', 'nt'].map(
        (user) => `${user}: password.set, against, medium`,
      ),
      ...['gost', 'sunmd5', 'sha1', 'costly', 'rounds'].map(
        (user) => `${user}: password.not-tried, against, medium`,
      ),
    ])
    expect(
      evidence.map(({ observation }) => (observation as { readonly algorithm: string }).algorithm),
    ).toEqual([
      ...['des', 'md5', 'yescrypt', 'scrypt', 'BSDi', 'NT'],
      ...['gost-yescrypt', 'SunMD5', 'sha1crypt', 'bcrypt', 'sha512'],
    ])
  })

  it('says how many guesses of which list a hash withstood', () => {
    const [draft] = evidenceOf('positive', 'set-and-not-tried')
    const { tried, of, lists } = (draft?.observation ?? {}) as {
      readonly tried: number
      readonly of: number
      readonly lists: Readonly<Record<string, number>>
    }
    expect(tried).toBe(of)
    expect(lists['usual-defaults']).toBeGreaterThan(700)
    expect((lists['usual-defaults'] ?? 0) + (lists['names-and-product-words'] ?? 0)).toBe(tried)
  })

  it('is less sure about accounts without a shell', () => {
    expect(inShort(evidenceOf('positive', 'without-a-shell'))).toEqual([
      'ftp: password.weak, against, medium',
      'web: password.set, against, low',
      'open: password.empty, neutral, low',
    ])
  })

  it('finds logins without a password', () => {
    expect(inShort(evidenceOf('positive', 'empty'))).toEqual([
      'root: password.empty, against, medium',
      'guest: password.empty, against, medium',
    ])
  })

  it('finds further names of the superuser, and is less sure where shadow does not say more', () => {
    expect(inShort(evidenceOf('positive', 'second-superuser'))).toEqual([
      'toor: password.set, against, medium',
      '-: password.locked, neutral, high',
      'toor: uid0.extra, against, medium',
      'vendor: uid0.extra, against, low',
    ])
  })

  it('reads hashes in passwd, in nested roots and in short lines with CR', () => {
    expect(inShort(evidenceOf('positive', 'hash-in-passwd'))).toEqual([
      'root: password.weak, against, high',
      '-: password.locked, neutral, high',
    ])
    expect(inShort(evidenceOf('positive', 'shadow-alone'))).toEqual([
      'root: password.weak, against, high',
      'admin: password.set, against, medium',
    ])
  })

  it('names what would overturn everything that is against', () => {
    const cases = fixtureCases(import.meta.url, 'positive')
    expect(cases).not.toEqual([])
    for (const { name } of cases) {
      const against = evidenceOf('positive', name).filter(({ polarity }) => polarity === 'against')
      expect(against, name).not.toEqual([])
      for (const draft of against) expect(draft.overturnedBy, `${name} ${draft.kind}`).toBeDefined()
    }
  })

  it('holds nothing against locked accounts and old backups', () => {
    expect(inShort(evidenceOf('negative', 'locked'))).toEqual(['-: password.locked, neutral, high'])
    expect(inShort(evidenceOf('negative', 'backup-of-old-passwords'))).toEqual([
      '-: password.locked, neutral, high',
      'root: backup.hash, neutral, medium',
    ])
  })

  it('holds nothing against what only looks like an account', () => {
    const cases = fixtureCases(import.meta.url, 'near-miss')
    expect(cases).not.toEqual([])
    for (const { name } of cases) {
      const kinds = evidenceOf('near-miss', name).map(({ kind }) => kind)
      expect(
        kinds.filter((kind) => kind !== 'account.password.locked' && kind !== 'account.sample'),
        name,
      ).toEqual([])
    }
    expect(evidenceOf('near-miss', 'other-content')).toEqual([])
    expect(evidenceOf('near-miss', 'other-places').map(({ kind }) => kind)).toEqual(['account.sample'])
  })

  it('puts every statement at its line', () => {
    const [, second] = shadow('a:ab6TRGT20sY26:::::::\nroot:ab6TRGT20sY26:::::::\n')
    expect(second?.place).toMatchObject({ offset: 23, length: 25, inner: 'etc/shadow' })
  })
})

describe('who may read the hashes', () => {
  it('is against where everybody may', () => {
    const [first] = shadow('root:ab6TRGT20sY26:::::::\nftp:*:::::::\n', { mode: 0o644 })
    expect(first).toMatchObject({
      kind: 'account.shadow.world-readable',
      polarity: 'against',
      confidence: { grade: 'high' },
      observation: { mode: '0644', accounts: ['root'] },
    })
  })

  it('is no finding where nobody else may, or where there is no hash', () => {
    for (const evidence of [
      shadow('root:ab6TRGT20sY26:::::::', { mode: 0o640 }),
      shadow('root:*:::::::', { mode: 0o644 }),
    ]) {
      expect(evidence.map(({ kind }) => kind)).not.toContain('account.shadow.world-readable')
    }
  })
})

describe('who may read the hashes', () => {
  const HASH = 'root:ab6TRGT20sY26:::::::'
  const UNOWNED = { uid: undefined, gid: undefined }

  it('is unknown where no rights are held: FAT and archives of DOS hold none', () => {
    expect(shadow(HASH, { rights: { ...UNOWNED, mode: undefined } }).map(({ kind }) => kind)).not.toContain(
      'account.shadow.world-readable',
    )
  })

  it('is told by rights without an owner, as 7z holds them', () => {
    const [first] = shadow(HASH, { rights: { ...UNOWNED, mode: 0o644 } })
    expect(first).toMatchObject({ kind: 'account.shadow.world-readable', observation: { mode: '0644' } })
    expect(first?.observation).not.toHaveProperty('owner')
  })
})

describe('words and guesses', () => {
  const ACME = 'root:acS24N8C8qAes:::::::'

  it('tries what the user said about the product', () => {
    expect(shadow(ACME).map(({ kind }) => kind)).toEqual(['account.password.set'])
    expect(shadow(ACME, { settings: { productWords: ['Acme'] } })[0]).toMatchObject({
      kind: 'account.password.weak',
      observation: { list: 'names-and-product-words' },
    })
  })

  it('never puts a password, or its place in the list, beside the secret', () => {
    const [draft] = shadow('root:ab6TRGT20sY26:::::::')
    const { password, user, ...rest } = (draft?.observation ?? {}) as Record<string, unknown>
    expect([password, user]).toEqual([{ $secret: { kind: 'password', value: 'root' } }, 'root'])
    expect(Object.keys(rest).sort()).toEqual(['algorithm', 'candidates', 'file', 'list', 'login', 'repeat'])
  })

  it('writes down no salt that a shell would read', () => {
    const [draft] = shadow('root:$1$;reboot;$5zOe4j1kyLiZ5DYi.wRtb1:::::::')
    expect(draft).toMatchObject({ kind: 'account.password.set', observation: { repeat: null } })
  })
})

describe('the number of guesses', () => {
  it('is stated where it was used up, and an untried hash is not called tried', () => {
    const limits: string[] = []
    const fields: unknown[] = []
    const out: MapOut = {
      evidence: () => {},
      fact: (kind, _, data) => {
        if (kind === 'account.entry') fields.push((data as { readonly field: unknown }).field)
      },
      pin: () => {},
      limit: (limit) => void limits.push(limit),
    }
    const settings: Settings = { trusted: [], trustedDigests: [], guesses: 0.5, productWords: [] }
    const line = 'a:$1$aaaa$5zOe4j1kyLiZ5DYi.wRtb1'
    accountsCheck.look?.(testArtefact('etc/shadow', line, { mode: 0 }), out, settings)
    expect(limits).toEqual(['guesses'])
    expect(fields).toMatchObject([{ state: 'hash', guessing: { tried: 0 } }])
  })
})
