import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Artefact, Check, EvidenceDraft, Settings } from '../../contract.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { linkFaults, linksInShort, linksOf } from '../chain/testing.ts'
import { uefiKeysCheck } from './index.ts'
import { parseSignatureLists } from './signature-list.ts'

type Kind = 'positive' | 'negative' | 'near-miss'

interface Lists {
  readonly lists: readonly {
    readonly list: string
    readonly hashes: number
    readonly certificates: readonly unknown[]
  }[]
}

function content(kind: Kind, name: string): Buffer {
  return readFileSync(new URL(`./fixtures/${kind}/${name}`, import.meta.url))
}

function artefactOf(name: string, bytes: Uint8Array): Artefact {
  if (!name.endsWith('.store')) return testArtefact(`keys/${name}`, bytes)
  const path = `${name}@0x0:uefi-variables`
  return testArtefact('', bytes, { path, root: name, type: 'region', format: 'uefi-variables' })
}

function artefact(kind: Kind, name: string): Artefact {
  return artefactOf(name, content(kind, name))
}

function run(artefacts: readonly Artefact[], settings: Partial<Settings> = {}): readonly EvidenceDraft[] {
  return runChecks([uefiKeysCheck], artefacts, settings).evidence
}

function inShort(evidence: readonly EvidenceDraft[]): readonly string[] {
  return evidence.map(({ kind, level, polarity, confidence }) =>
    [kind.replace('boot.uefi.', ''), level ?? '-', polarity, confidence.grade].join(' '),
  )
}

describe('secure-boot.uefi-keys', () => {
  it('knows the platform key that everybody has, wherever it is kept', () => {
    const evidence = run([artefact('positive', 'snakeoil.store')])
    expect(inShort(evidence)).toEqual([
      'keys - neutral medium',
      'known-key - against high',
      'state - neutral medium',
      'no-revocation - neutral medium',
    ])
    expect(evidence[1]?.observation).toMatchObject({ lists: ['PK (variable)', 'PK (default)'] })
  })

  it('says that a store switches Secure Boot off', () => {
    expect(inShort(run([artefact('positive', 'switched-off.store')]))).toEqual([
      'keys - neutral medium',
      'state - neutral medium',
      'state - against low',
    ])
  })

  it('holds nothing against keys of its own, and reads all of them', () => {
    const evidence = run([artefact('negative', 'own.store')])
    expect(inShort(evidence)).toEqual(['keys - neutral medium', 'state - neutral medium'])
    const { lists } = (evidence[0] as EvidenceDraft).observation as unknown as Lists
    expect(lists.map(({ list, certificates, hashes }) => [list, certificates.length, hashes])).toEqual([
      ['PK (variable)', 1, 0],
      ['KEK (variable)', 1, 0],
      ['db (variable)', 1, 0],
      ['dbx (variable)', 0, 2],
    ])
  })

  it('holds no name against a certificate', () => {
    expect(inShort(run([artefact('near-miss', 'PK-lookalike.esl')]))).toEqual([
      'keys - neutral medium',
      'look-alike - neutral low',
    ])
    expect(run([artefact('near-miss', 'cut-PK.esl')])).toEqual([])
    expect(run([artefact('near-miss', 'deleted.store')])).toEqual([])
  })

  describe('a signed update', () => {
    const update = (artefacts: readonly Artefact[], settings: Partial<Settings> = {}) =>
      run(artefacts, settings).filter(({ kind }) => kind === 'boot.uefi.update')

    it('verifies with what travels along, with the KEK of the release, with a key of the user', () => {
      const auth = artefact('negative', 'db.auth')
      expect(inShort(update([auth]))).toEqual(['update E4 neutral medium'])
      const [withStore] = update([auth, artefact('negative', 'own.store')])
      expect(withStore).toMatchObject({
        level: 'E5',
        observation: { variable: 'db', attributes: '0x27', anchors: [{ kept: 'KEK (variable)' }] },
      })
      const kek = parseSignatureLists(content('negative', 'KEK.esl'))?.certificates[0]
      const trustedDigests = [kek?.sha256 ?? '']
      expect(inShort(update([auth], { trustedDigests }))).toEqual(['update E6 neutral medium'])
      // Lists in files are no anchors.
      expect(inShort(update([auth, artefact('negative', 'KEK.esl')]))).toEqual(['update E4 neutral medium'])
    })

    it('gives a link that does not contradict itself', () => {
      const both = [artefact('negative', 'db.auth'), artefact('negative', 'own.store')]
      const { facts } = runChecks([uefiKeysCheck], both)
      expect(linksOf(facts).flatMap(linkFaults)).toEqual([])
      expect(linksInShort(facts)).toEqual([
        'uefi-keys E5: update(db) < own.store@0x0:uefi-variables; unknown',
      ])
    })

    it('is told apart by variable and by whether it appends', () => {
      expect(update([artefact('negative', 'dbx.auth')])[0]?.observation).toMatchObject({
        variable: 'dbx',
        attributes: '0x67',
      })
    })

    it('fails with any changed byte of time, lists or signature', () => {
      expect(inShort(update([artefact('positive', 'tampered.auth')]))).toEqual(['update EX against medium'])
      const whole = content('negative', 'db.auth')
      for (const at of [0, 2, 6, whole.length - 900, whole.length - 1]) {
        const changed = Buffer.from(whole)
        changed[at] = (changed[at] as number) ^ 1
        const [found] = update([artefactOf('db.auth', changed)])
        expect(found?.level, String(at)).toBe('EX')
      }
      for (const cut of [1, 500, whole.length - 30])
        expect(update([artefactOf('db.auth', whole.subarray(0, -cut))])[0]?.level ?? 'none').not.toMatch(
          /E[456]/,
        )
    })
  })

  it('reads the default keys of a firmware volume, as lists and as bare certificates', () => {
    const list = content('negative', 'KEK.esl')
    const file = (guid: string, bytes: Uint8Array, root = 'bios.fd@0x0:uefi-volume') =>
      testArtefact(`${guid}/raw`, bytes, { root })
    const kept = (artefacts: readonly Artefact[]) =>
      run(artefacts).flatMap(({ observation }) =>
        (observation as unknown as Lists).lists.map((one) => one.list),
      )
    const [PK, DBX] = ['85254EA7-4759-4FC4-82D4-5EED5FB0A4A0', '5740766A-718E-4DC0-9935-C36F7D3F884F']
    expect(kept([file(PK as string, list), file(DBX as string, list.subarray(44))])).toEqual([
      'dbx (volume)',
      'PK (volume)',
    ])
    expect(kept([file(PK as string, list, 'fw.bin@0x0:squashfs')])).toEqual([])
    expect(kept([file(PK as string, list.subarray(5))])).toEqual([])
  })

  it('says so when the release has the private key', () => {
    const kek = parseSignatureLists(content('negative', 'KEK.esl'))?.certificates[0]
    const place = { path: 'x', root: '', inner: 'x', offset: 0, length: 1, sha256: '' }
    const giver: Check = {
      ...uefiKeysCheck,
      id: 'test.giver',
      needs: [],
      gives: ['key.private'],
      look(_artefact, out) {
        const identity = { spkiSha256: kek?.spkiSha256 ?? '', algorithm: 'rsa', bits: 2048 }
        const found = { container: 'pkcs8', encoding: 'pem', name: '', sample: undefined } as const
        out.fact('key.private', place, { ...identity, ...found })
      },
      conclude() {},
    }
    const { evidence } = runChecks([giver, uefiKeysCheck], [artefact('negative', 'own.store')])
    expect(inShort(evidence)).toContain('private-key - against high')
  })

  it('reads lists to their end or not at all', () => {
    const list = content('negative', 'KEK.esl')
    expect(parseSignatureLists(Buffer.concat([list, list]))?.certificates).toHaveLength(2)
    for (let cut = 1; cut < list.length; cut += 97)
      expect(parseSignatureLists(list.subarray(0, -cut))).toBeUndefined()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        parseSignatureLists(bytes)
      }),
    )
  })

  it('has fixtures that it reads', () => {
    for (const kind of ['positive', 'negative'] as const)
      for (const name of readdirSync(new URL(`./fixtures/${kind}/`, import.meta.url)))
        expect(run([artefact(kind, name)]).length, name).toBeGreaterThan(0)
  })
})
