import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { EspFlashEncryption } from '@messlatte/unpack'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Artefact, Check, EvidenceDraft, Settings } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { trustedKey } from '../outcome/testing.ts'
import { espCheck } from './index.ts'
import { cases, checkFixture, espArtefact, fixture, inShort } from './testing.ts'

const ROLLBACK = 'rollback - neutral medium'
const LOADER = 'loader - neutral medium'
const E3 = 'signature E3 neutral medium'
const E4 = 'signature E4 neutral medium'
const E6 = 'signature E6 for high'
const KNOWN = 'known-key - against high'

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'negative/ecdsa192': [E6, ROLLBACK],
  'negative/ecdsa256': [E6, ROLLBACK],
  'negative/ecdsa384': [E6, ROLLBACK],
  'negative/reference-ecdsa': [E6, ROLLBACK],
  'negative/reference-rsa': [E6, ROLLBACK],
  'negative/reference-version-1': [E6, ROLLBACK],
  'negative/rsa': [E6, ROLLBACK],
  'negative/three-keys': [E4, E4, E6, ROLLBACK],
  'negative/version-1': ['signature E5 for medium', ROLLBACK, 'unsigned E2 neutral medium', LOADER],
  'negative/version-1-trusted': [E6, ROLLBACK],
  'negative/with-boot-loader': ['signature E5 for medium', ROLLBACK, E4, LOADER],
  'positive/boot-loader-other-key': [E4, ROLLBACK, E4, LOADER],
  'positive/boot-loader-quiet': ['signature E5 neutral medium', ROLLBACK, E4, LOADER],
  'positive/boot-loader-unsigned': [E4, ROLLBACK, 'unsigned E2 against medium', LOADER],
  'positive/esp8266': ['unsigned E1 against medium'],
  'positive/key-from-itself': ['signature E6 neutral medium', ROLLBACK],
  'positive/open-doors': [
    ...Array<string>(8).fill('setting - against low'),
    'unsigned E2 against medium',
    LOADER,
  ],
  'positive/published-key': [E4, KNOWN, ROLLBACK],
  'positive/published-key-version-1': [E4, KNOWN, ROLLBACK],
  'positive/reference-tampered': ['signature EX against high', 'hash-mismatch EX against high', ROLLBACK],
  'positive/reference-unsigned': ['unsigned E2 against medium', ROLLBACK],
  'positive/unsigned': ['unsigned E2 against medium', ROLLBACK],
  'positive/unsigned-no-hash': ['unsigned E1 against medium', ROLLBACK],
  'near-miss/another-key-trusted': [E4, ROLLBACK],
  'near-miss/cut-image': [E3, ROLLBACK],
  'near-miss/cut-signature': [E3, ROLLBACK],
  'near-miss/encrypted-flash': ['partitions - neutral medium', 'encrypted E3 neutral medium'],
  'near-miss/encrypted-flash-esp32': ['partitions - neutral medium', 'encrypted E3 neutral medium'],
  'near-miss/locked-build': [],
  'near-miss/readable-flash': ['partitions - neutral medium'],
  'near-miss/reference-tables': [ROLLBACK, 'partitions - neutral medium', 'partitions - neutral medium'],
  'near-miss/version-1-without-key': [E3, ROLLBACK],
}

/** Bytes: where the signature sector of the small images begins, and what a block covers and does not. */
const SECTOR = 4096
const BLOCK = 1216
const BLOCK_CRC_AT = 1196

function check(artefacts: readonly Artefact[], settings: Partial<Settings> = {}): readonly EvidenceDraft[] {
  return runChecks([espCheck], artefacts, settings).evidence
}

function ofImage(content: Uint8Array, settings: Partial<Settings> = {}): readonly EvidenceDraft[] {
  return check([espArtefact(content, 'app.bin')], settings)
}

function flipped(content: Uint8Array, at: number, mask = 1): Buffer {
  const changed = Buffer.from(content)
  changed[at] = (changed[at] ?? 0) ^ mask
  return changed
}

/** With the checksum of the first block made to fit: what somebody does who tampers on purpose. */
function summed(content: Buffer): Buffer {
  const changed = Buffer.from(content)
  changed.writeUInt32LE(crc32(changed.subarray(SECTOR, SECTOR + BLOCK_CRC_AT)), SECTOR + BLOCK_CRC_AT)
  return changed
}

/** The member that the unpacker adds to a flash where a key fitted. */
function opened(root: string, more: Pick<EspFlashEncryption, 'tableEncrypted'>): Artefact {
  const row = (label: string, subtype: number, encrypted: boolean) => ({
    ...{ type: 0, subtype, offset: 0x1_0000, size: 0x1_0000, label, encrypted, readOnly: false },
    ...{ at: 0x1_0000, covered: true },
  })
  const content: EspFlashEncryption = {
    ...{ scheme: 'AES-XTS', tableAt: 0x8000, tableMd5Matches: true, ...more },
    partitions: [row('ota_0', 0x10, false), row('ota_1', 0x11, true)],
  }
  return testArtefact('flash-encryption.json', JSON.stringify(content), { root })
}

function isCut(evidence: readonly EvidenceDraft[]): boolean {
  return evidence.some(
    ({ observation }) => (observation as { readonly result?: string }).result === 'cut-off',
  )
}

function digestOfFixture(name: string, file = 'key.digest'): string {
  return fixture(name, file).toString('hex')
}

describe('secure-boot.esp', () => {
  it('has an expectation for every fixture', () => {
    const all = (['positive', 'negative', 'near-miss'] as const).flatMap((kind) =>
      cases(kind).map((name) => `${kind}/${name}`),
    )
    expect(all.sort()).toEqual(Object.keys(EXPECTED).sort())
  })

  it.each(Object.entries(EXPECTED))('judges %s', (name, expected) => {
    expect(inShort(checkFixture(name))).toEqual(expected)
  })

  it('says of all that is against what would overturn it, and of all where it stands', () => {
    for (const name of Object.keys(EXPECTED)) {
      for (const { polarity, overturnedBy, place, title } of checkFixture(name)) {
        expect(overturnedBy !== undefined).toBe(polarity === 'against')
        expect(place.sha256).toMatch(/^[0-9a-f]{64}$/)
        expect(title.de).not.toBe(title.en)
      }
    }
  })

  it.each(['ecdsa192', 'ecdsa256', 'ecdsa384'])('names the digest that espsecure computes for %s', (name) => {
    const [signature] = checkFixture(`negative/${name}`, { trustedDigests: [] })
    expect(signature).toMatchObject({
      level: 'E6',
      place: { offset: SECTOR, length: BLOCK },
      observation: {
        algorithm: name.replace('ecdsa', 'ecdsa-p'),
        result: 'verified',
        key: { origin: 'trusted', from: ['key.pub'], fuseDigest: digestOfFixture(`negative/${name}`) },
        secureVersion: 3,
        hardware: 'not-shown',
      },
    })
  })

  it('tells what the release shows of the chip', () => {
    const hardware = (name: string) => {
      const { hardware: what } = (checkFixture(name)[0]?.observation ?? {}) as { readonly hardware?: string }
      return what
    }
    expect(hardware('negative/with-boot-loader')).toBe('boot-loader-demands')
    expect(hardware('positive/boot-loader-quiet')).toBe('boot-loader-signed')
    expect(hardware('positive/boot-loader-other-key')).toBe('boot-loader-has-other-key')
    expect(hardware('positive/boot-loader-unsigned')).toBe('boot-loader-unsigned')
    expect(hardware('positive/key-from-itself')).toBe('own-key')
  })

  it('does not hold an application that is tied to no chip for verified by it, whoever is trusted', () => {
    const trustedDigests = [digestOfFixture('negative/rsa', 'one.digest')]
    expect(inShort(checkFixture('positive/boot-loader-unsigned', { trustedDigests }))[0]).toBe(
      'signature E6 neutral medium',
    )
    expect(inShort(checkFixture('negative/with-boot-loader', { trustedDigests }))[0]).toBe(E6)
  })

  it('tells partitions, marks, slots and what is readable', () => {
    const [encrypted] = checkFixture('near-miss/encrypted-flash')
    expect(encrypted?.observation).toMatchObject({
      slots: 2,
      factory: false,
      markedEncrypted: ['ota_0', 'ota_1'],
      readableApps: [],
      md5: 'match',
    })
    const [readable] = checkFixture('near-miss/readable-flash')
    expect(readable?.observation).toMatchObject({ readableApps: ['ota_0'] })
    expect(readable?.confidence.reason.en).toContain('flash encryption was off')
  })

  it('is silent about encrypted partitions that a key opened', () => {
    const table = espArtefact(fixture('near-miss/encrypted-flash', 'flash.bin'), 'flash.bin')
    const evidence = check([table, opened(table.path, { tableEncrypted: false })])
    expect(inShort(evidence)).toEqual(['partitions - neutral medium'])
    expect(evidence[0]).toMatchObject({
      observation: { slots: 2, encryption: { scheme: 'AES-XTS', covers: 'partitions', openedWith: '--key' } },
    })
    expect(inShort(check([table]))).toContain('encrypted E3 neutral medium')
    // A file of that name is somebody's.
    expect(inShort(check([table, opened('flash.bin@0x0:squashfs', { tableEncrypted: false })]))).toContain(
      'encrypted E3 neutral medium',
    )
  })

  it('tells of a flash whose table a key opened what it tells of one in the clear', () => {
    const path = 'dump.bin@0x0:esp-flash'
    const flash = testArtefact('', Buffer.alloc(0x1_0000, 7), {
      path,
      root: 'dump.bin',
      type: 'region',
      format: 'esp-flash',
    })
    expect(check([flash])).toEqual([])
    const { evidence, facts } = runChecks([espCheck], [flash, opened(path, { tableEncrypted: true })])
    expect(evidence).toMatchObject([
      {
        kind: 'boot.esp.partitions',
        place: { path, offset: 0x8000, length: 0xc00 },
        observation: { slots: 2, markedEncrypted: ['ota_1'], md5: 'match' },
      },
    ])
    expect(facts.filter(({ kind }) => kind === 'boot.esp.table')).toHaveLength(1)
  })

  it('tells the slots, marks and states of the reference files', () => {
    expect(checkFixture('near-miss/reference-tables')).toMatchObject([
      {
        observation: {
          entries: [
            { sequence: 1, state: 'valid' },
            { sequence: 2, state: 'new' },
          ],
        },
      },
      { observation: { slots: 0, factory: true, markedEncrypted: [], nvsKeys: false } },
      {
        observation: {
          slots: 2,
          factory: false,
          markedEncrypted: ['otadata', 'nvs_keys', 'ota_0', 'ota_1'],
          nvsKeys: true,
        },
      },
    ])
  })

  it('tells which slot is started', () => {
    const entry = espArtefact(
      fixture('near-miss/encrypted-flash', 'flash.bin').subarray(0x2000, 0x4000),
      'otadata',
    )
    expect(entry.format).toBe('esp-otadata')
    expect(check([entry])).toMatchObject([
      { kind: 'boot.esp.rollback', observation: { entries: [{ sequence: 1, state: 'valid' }] } },
    ])
  })
})

describe('the keys of secure-boot.esp', () => {
  it('names a published key in both schemes, and a private key that lies in the release', () => {
    const [, known] = checkFixture('positive/published-key')
    expect(known?.observation).toMatchObject({
      published: 'esptool:test/secure_images/rsa_secure_boot_signing_key.pem',
    })
    const [, known1] = checkFixture('positive/published-key-version-1')
    expect(known1?.observation).toMatchObject({
      published: 'esptool:test/secure_images/ecdsa256_secure_boot_signing_key.pem',
    })
    for (const [name, file] of [
      ['negative/ecdsa256', 'key.pub'],
      ['negative/version-1-trusted', 'v1.pub'],
    ] as const) {
      const { sha256 } = trustedKey('x', fixture(name, file))
      const leak: Check = {
        ...espCheck,
        id: 'test.leak',
        needs: [],
        gives: ['key.private'],
        look: (artefact, out) => {
          const key = { spkiSha256: sha256, algorithm: 'ec', bits: 256, container: 'pem' } as never
          out.fact('key.private', placeOf(artefact), key)
        },
        conclude: () => {},
      }
      const evidence = runChecks(
        [espCheck, leak],
        [espArtefact(fixture(name, 'app.bin'), 'app.bin')],
      ).evidence
      expect(inShort(evidence), name).toEqual([E4, 'private-key - against high', ROLLBACK])
    }
  })

  it('takes a digest of a key of secure boot 1, too', () => {
    const { sha256 } = trustedKey('x', fixture('negative/version-1-trusted', 'v1.pub'))
    const app = fixture('negative/version-1', 'app.bin')
    expect(inShort(ofImage(app, { trustedDigests: [sha256] }))[0]).toBe(E6)
  })

  it('fails secure boot 1 where the only key is another one, and draws no conclusion from several', () => {
    const app = fixture('negative/version-1', 'app.bin')
    const [one, other] = ['negative/ecdsa256', 'negative/version-1-trusted'] as const
    const wrong = trustedKey('a.pem', fixture(one, 'key.pub'))
    expect(inShort(ofImage(app, { trusted: [wrong] }))[0]).toBe('signature EX against medium')
    const right = trustedKey('b.pem', fixture(other, 'v1.pub'))
    expect(inShort(ofImage(flipped(app, 300), { trusted: [wrong, right] }))[0]).toBe(E3)
    expect(inShort(ofImage(flipped(app, 300), { trusted: [right] })).slice(0, 2)).toEqual(
      ['signature EX against medium', ROLLBACK].toSpliced(1, 1, 'hash-mismatch EX against high'),
    )
    // A key of another kind cannot have been meant.
    const rsa = trustedKey('c.pem', fixture('negative/ecdsa384', 'key.pub'))
    expect(inShort(ofImage(app, { trusted: [rsa] }))[0]).toBe(E3)
  })
})

describe('what secure-boot.esp covers', () => {
  const RELEASES = [
    ['negative/rsa', 'one.digest', 11],
    ['negative/ecdsa192', 'key.digest', 29],
    ['negative/ecdsa256', 'key.digest', 29],
    ['negative/ecdsa384', 'key.digest', 29],
  ] as const

  it.each(RELEASES)(
    'never takes %s for verified in which a bound byte was changed',
    (name, file, step) => {
      const app = fixture(name, 'app.bin')
      const trustedDigests = [digestOfFixture(name, file)]
      let told = 0
      for (let at = 0; at < SECTOR + 1200; at += step) {
        const evidence = ofImage(flipped(app, at, 1 << (at % 8)), { trustedDigests })
        // A header that is none any more makes it another file, of which other checks speak.
        // The same for a length that leads behind the end: an image that was cut looks like that.
        if (evidence.length === 0 || isCut(evidence)) continue
        told++
        const levels = evidence.filter(({ kind }) => kind === 'boot.esp.signature').map(({ level }) => level)
        expect(
          levels.every((level) => level === 'EX'),
          `byte ${at}: ${levels}`,
        ).toBe(true)
        expect(
          evidence.some(({ polarity }) => polarity === 'against'),
          `byte ${at}`,
        ).toBe(true)
      }
      expect(told).toBeGreaterThan((SECTOR + 1200) / step - 12)
    },
    60_000,
  )

  it('is not changed by what no block covers', () => {
    const app = fixture('negative/rsa', 'app.bin')
    const trustedDigests = [digestOfFixture('negative/rsa', 'one.digest')]
    for (const at of [SECTOR + 1200, SECTOR + BLOCK - 1, SECTOR + 3 * BLOCK, app.length - 1])
      expect(inShort(ofImage(flipped(app, at), { trustedDigests })), `byte ${at}`).toEqual([E6, ROLLBACK])
  })

  it.each([
    ['the digest', 4, 'digest'],
    ['the modulus', 100, 'constants'],
    ['the square that the chip calculates with', 424, 'constants'],
    ['the inverse that the chip calculates with', 808, 'constants'],
    ['the signature', 812, 'signature'],
  ])('fails a block whose checksum was made to fit after a change of %s', (_what, at, result) => {
    const changed = summed(flipped(fixture('negative/rsa', 'app.bin'), SECTOR + at, 2))
    const [signature] = ofImage(changed)
    expect(signature).toMatchObject({ level: 'EX', polarity: 'against', observation: { result } })
  })

  it.each([
    ['its digest', 4, 'digest', 'EX'],
    ['its point', 40, 'key', 'EX'],
    ['r', 101, 'signature', 'EX'],
    ['s', 133, 'signature', 'EX'],
    ['its curve', 36, 'unknown-algorithm', 'E3'],
    ['its hash', 2, 'unknown-algorithm', 'E3'],
  ])('does so for ECDSA after a change of %s', (_what, at, result, level) => {
    const changed = summed(flipped(fixture('negative/ecdsa256', 'app.bin'), SECTOR + at, 4))
    expect(ofImage(changed)[0]).toMatchObject({ level, observation: { result } })
  })

  it('judges each of several blocks by itself', () => {
    const app = fixture('negative/three-keys', 'app.bin')
    const trustedDigests = [digestOfFixture('negative/three-keys', 'three.digest')]
    const levels = (content: Uint8Array) =>
      ofImage(content, { trustedDigests }).flatMap(({ kind, level }) =>
        kind === 'boot.esp.signature' ? [level] : [],
      )
    expect(levels(flipped(app, SECTOR + BLOCK + 900))).toEqual(['E4', 'EX', 'E6'])
    // Without its first byte the block is none, and the others still count.
    expect(levels(flipped(app, SECTOR))).toEqual(['E4', 'E6'])
    expect(levels(flipped(app, 200))).toEqual(['EX', 'EX', 'EX'])
  })

  it('calls an image whose signature was taken away unsigned', () => {
    const app = fixture('negative/rsa', 'app.bin')
    expect(inShort(ofImage(app.subarray(0, SECTOR)))).toEqual(['unsigned E2 against medium', ROLLBACK])
    const erased = Buffer.concat([app.subarray(0, SECTOR), Buffer.alloc(SECTOR, 0xff)])
    expect(inShort(ofImage(erased))).toEqual(['unsigned E2 against medium', ROLLBACK])
    const v1 = fixture('negative/version-1', 'app.bin')
    expect(inShort(ofImage(v1.subarray(0, -68)))).toEqual(['unsigned E2 against medium', ROLLBACK])
  })

  it('tells checksum, hash and CRC that do not match', () => {
    const app = fixture('positive/unsigned', 'app.bin')
    expect(inShort(ofImage(flipped(app, 340)))).toEqual([
      'unsigned E0 against medium',
      'hash-mismatch EX against high',
      ROLLBACK,
    ])
    expect(ofImage(flipped(app, app.length - 1))[1]?.observation).toMatchObject({
      checksum: 'match',
      sha256: 'mismatch',
    })
    const old = fixture('positive/esp8266', 'esp8266-v2.bin')
    expect(ofImage(flipped(old, old.length - 1))[1]?.observation).toMatchObject({ crc32: 'mismatch' })
    // Flashing tools change the sizes in the header of a boot loader.
    const loader = fixture('negative/version-1', 'boot-loader.bin')
    expect(inShort(ofImage(flipped(loader, 3, 0x20)))[1]).toBe('hash-mismatch EX against medium')
  })

  it('survives any truncation and any change', () => {
    const releases = ['negative/rsa', 'negative/ecdsa384', 'negative/version-1'].map((name) =>
      fixture(name, 'app.bin'),
    )
    const flash = fixture('near-miss/readable-flash', 'flash.bin')
    fc.assert(
      fc.property(
        fc.constantFrom(...releases, flash),
        fc.array(fc.tuple(fc.nat(0xffff), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        fc.nat(0xffff),
        (content, changes, length) => {
          const changed = Buffer.from(content)
          for (const [at, value] of changes) changed[at % changed.length] = value
          for (const one of [changed, changed.subarray(0, length % changed.length)]) {
            for (const { level } of ofImage(one))
              expect([undefined, 'E0', 'E1', 'E2', 'E3', 'E4', 'EX']).toContain(level)
          }
        },
      ),
      { numRuns: 300 },
    )
  }, 60_000)

  it('computes what is signed as espsecure does', () => {
    const app = fixture('negative/rsa', 'app.bin')
    const computed = createHash('sha256').update(app.subarray(0, SECTOR)).digest('hex')
    expect(ofImage(app)[0]?.observation).toMatchObject({ digest: { stated: computed, computed } })
  })
})
