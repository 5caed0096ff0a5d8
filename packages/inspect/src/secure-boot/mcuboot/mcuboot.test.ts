import { sha256 } from '@messlatte/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Artefact, Check, EvidenceDraft, Settings } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { knownKey } from '../../known-keys/index.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { trustedKey } from '../outcome/testing.ts'
import { readEcdsaDer } from './der.ts'
import { mcubootCheck } from './index.ts'
import { PUBLISHED_RSA } from './published.ts'
import { artefact, bodyArtefact, cases, checkFixture, fixture, imagePath, inShort } from './testing.ts'

const ROLLBACK = 'rollback - neutral medium'
const E3 = 'signature E3 neutral medium'
const E4 = 'signature E4 neutral medium'
const E6 = 'signature E6 for high'
const KNOWN = 'known-key - against high'
const KEY = 'key - neutral high'
const TAMPERED = ['signature EX against high', 'hash-mismatch EX against high']

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'negative/big-endian': [E6, ROLLBACK],
  'negative/computed-key': [E6, ROLLBACK],
  'negative/ecdsa-p256': [E6, ROLLBACK],
  'negative/ecdsa-p384': [E6, ROLLBACK],
  'negative/ed25519': [E6, ROLLBACK],
  'negative/ed25519-pure': [E6, ROLLBACK],
  'negative/ed25519-sha512': [E6, ROLLBACK],
  'negative/encrypted-opened': [E6, ROLLBACK],
  'negative/key-in-image': [E6, ROLLBACK],
  'negative/padded-signature': [E6, ROLLBACK],
  'negative/reference-ed25519': [E6, ROLLBACK],
  'negative/reference-no-counter': [E6, ROLLBACK],
  'negative/reference-p256': [E6, ROLLBACK],
  'negative/reference-rsa': [E6, ROLLBACK],
  'negative/rsa-2048': [E6, ROLLBACK],
  'negative/rsa-3072': [E6, ROLLBACK],
  'negative/two-signatures': [E4, E6, ROLLBACK],
  'negative/with-boot-loader': ['signature E5 for high', ROLLBACK, KEY],
  'positive/encrypted-unsigned': ['unsigned E0 against medium', ROLLBACK],
  'positive/hash-only': ['unsigned E2 against medium', ROLLBACK],
  'positive/hash-only-called-signed': ['unsigned E2 against medium', ROLLBACK],
  'positive/no-hash': ['signature EX against medium', ROLLBACK],
  'positive/open-counter': [E6, 'not-covered - against medium', ROLLBACK],
  'positive/published-ec-p256': [E4, KNOWN, ROLLBACK],
  'positive/published-ec-p384': [E4, KNOWN, ROLLBACK],
  'positive/published-ed25519': [E4, KNOWN, ROLLBACK],
  'positive/published-in-boot-loader': ['signature E5 neutral medium', KNOWN, ROLLBACK, KEY, KNOWN],
  'positive/published-rsa-2048': [E4, KNOWN, ROLLBACK],
  'positive/published-rsa-3072': [E4, KNOWN, ROLLBACK],
  'positive/reference-hash-only': ['unsigned E2 against medium', ROLLBACK],
  'positive/reference-tampered-counter-p256': [...TAMPERED, ROLLBACK],
  'positive/reference-tampered-p256': [...TAMPERED, ROLLBACK],
  'positive/rehashed': ['signature EX against medium', ROLLBACK],
  'positive/stripped': ['unsigned E2 against medium', ROLLBACK],
  'positive/wrong-key-in-boot-loader': ['signature EX against medium', ROLLBACK, KEY],
  'near-miss/certificate': [],
  'near-miss/computed': [E4, ROLLBACK],
  'near-miss/cut': [E3],
  'near-miss/encrypted': [E3, ROLLBACK],
  'near-miss/slot': [E6, ROLLBACK, 'slot - neutral medium'],
  'near-miss/slot-to-test': [E6, ROLLBACK, 'slot - neutral medium'],
  'near-miss/without-key': [E3, ROLLBACK],
}

function check(artefacts: readonly Artefact[], settings: Partial<Settings> = {}): readonly EvidenceDraft[] {
  return runChecks([mcubootCheck], artefacts, settings).evidence
}

function ofImage(content: Uint8Array, settings: Partial<Settings> = {}): readonly EvidenceDraft[] {
  return check([artefact(content, 'image.bin')], settings)
}

function flipped(content: Uint8Array, at: number, mask = 1): Buffer {
  const changed = Buffer.from(content)
  changed[at] = (changed[at] ?? 0) ^ mask
  return changed
}

function trustOf(name: string, file: string): Partial<Settings> {
  return { trusted: [trustedKey(file, fixture(name, file))] }
}

/** Offsets of what binds in a little-endian image: all that is hashed, and the values behind it by their type. */
function partsOf(image: Buffer): {
  readonly hashedEnd: number
  readonly values: ReadonlyMap<number, number>
} {
  const hashedEnd = image.readUInt16LE(8) + image.readUInt16LE(10) + image.readUInt32LE(12)
  const values = new Map<number, number>()
  for (let at = hashedEnd + 4; at < image.length; at += 4 + image.readUInt16LE(at + 2))
    values.set(image.readUInt16LE(at), at + 4)
  return { hashedEnd, values }
}

describe('secure-boot.mcuboot', () => {
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

  it('tells a file that is called signed and is not', () => {
    const titles = ['positive/hash-only', 'positive/hash-only-called-signed'].map(
      (name) => checkFixture(name)[0]?.title.en,
    )
    expect(titles).toEqual([
      'The MCUboot image 1.2.3+4 carries no signature',
      'The MCUboot image 1.2.3+4 is called signed and carries no signature',
    ])
    for (const [file, calledSigned] of [
      ['app_signed.bin', true],
      ['app_unsigned.bin', false],
      ['designed.bin', false],
    ] as const)
      expect(check([artefact(fixture('positive/hash-only'), file)])[0]?.observation).toMatchObject({
        calledSigned,
      })
  })

  it('names key, counter, dependencies and what is protected', () => {
    const [signature] = checkFixture('negative/with-boot-loader')
    expect(signature?.observation).toMatchObject({
      algorithm: 'rsa2048-pss',
      result: 'verified',
      keys: [{ origin: 'earlier', from: 'boot-loader.bin', besideSentencesOfMcuboot: true }],
      securityCounter: { value: 7, protected: true },
      dependencies: [{ image: 1, version: '1.0.0+0', protected: true }],
      hashes: [{ algorithm: 'sha256', result: 'match' }],
    })
    const [open] = checkFixture('positive/open-counter')
    expect(open?.observation).toMatchObject({ securityCounter: { value: 7, protected: false } })
    expect(checkFixture('negative/big-endian')[0]?.observation).toMatchObject({
      securityCounter: { value: 7 },
    })
  })

  it('tells what slots record', () => {
    const slot = (name: string) => checkFixture(name).find(({ kind }) => kind.endsWith('slot'))?.observation
    const fresh = { copyDone: 'unset', swap: 'unset' }
    expect(slot('near-miss/slot')).toMatchObject({ ...fresh, imageOk: 'set' })
    expect(slot('near-miss/slot-to-test')).toMatchObject({ ...fresh, imageOk: 'unset' })
    // What a boot loader writes while it swaps: each field in eight bytes, or in as many as the magic number says.
    for (const [name, align, magic] of [
      ['near-miss/slot', 8, 16],
      ['near-miss/slot-to-test', 32, 32],
    ] as const) {
      const image = fixture(name)
      const at = image.length - magic
      for (const [index, value] of [1, 1, 0x13].entries()) image[at - (index + 1) * align] = value
      const written = ofImage(image).find(({ kind }) => kind.endsWith('slot'))
      expect(written?.observation).toMatchObject({ imageOk: 'set', copyDone: 'set', swap: 'permanent' })
    }
  })

  it('knows the published keys whose numbers it carries', () => {
    expect(PUBLISHED_RSA.map((spki) => knownKey(sha256(Buffer.from(spki, 'base64')))?.id)).toEqual([
      'mcuboot:root-rsa-2048.pem',
      'mcuboot:root-rsa-3072.pem',
    ])
  })
})

describe('the keys of secure-boot.mcuboot', () => {
  it('believes no key that lies within an image', () => {
    const [image, loader] = ['image.bin', 'boot-loader.bin'].map((file) =>
      fixture('negative/with-boot-loader', file),
    )
    if (!image || !loader) throw new Error('the fixture lacks a file')
    const inside = testArtefact('body', loader, { root: imagePath('other.bin') })
    expect(inShort(check([artefact(image, 'image.bin'), inside]))).toEqual([E4, ROLLBACK])
    // Flash that was dumped: the boot loader is a stretch that no format claims.
    const stretch = testArtefact('', loader, { path: 'flash.bin@0x0', root: 'flash.bin', type: 'unknown' })
    expect(inShort(check([artefact(image, 'image.bin'), stretch]))[0]).toBe('signature E5 for high')
    // Without a sentence of MCUboot it may be anything's key.
    const bare = artefact(loader.subarray(loader.indexOf('bootable image\n') + 15), 'somewhere.bin')
    expect(inShort(check([artefact(image, 'image.bin'), bare]))).toEqual([
      'signature E5 for medium',
      ROLLBACK,
      'key - neutral medium',
    ])
  })

  it('draws no conclusion where the right key may be another one', () => {
    const rsa = fixture('negative/rsa-2048')
    const other = trustOf('negative/ecdsa-p256', 'ecdsa-p256.pub')
    expect(inShort(ofImage(rsa, other))).toEqual([E3, ROLLBACK])
    const wrong = ofImage(fixture('negative/ecdsa-p256'), trustOf('negative/two-signatures', 'other.pub'))
    expect(inShort(wrong)[0]).toBe(E4)
    expect(wrong[0]?.confidence.reason.en).toContain('none of those that you trust')
  })

  it('tells a key whose private half lies in the release', () => {
    const { sha256: spkiSha256 } = trustedKey('x', fixture('negative/rsa-2048', 'rsa-2048.pub'))
    const leak: Check = {
      ...mcubootCheck,
      id: 'test.leak',
      needs: [],
      gives: ['key.private'],
      wants: { formats: ['mcuboot'] },
      look: (one, out) => {
        const key = { spkiSha256, algorithm: 'rsa', bits: 2048, container: 'pem' } as never
        out.fact('key.private', placeOf(one), key)
      },
      conclude: () => {},
    }
    const artefacts = ['image.bin', 'boot-loader.bin'].map((file) =>
      artefact(fixture('negative/with-boot-loader', file), file),
    )
    expect(inShort(runChecks([mcubootCheck, leak], artefacts).evidence)).toEqual([
      'signature E5 neutral medium',
      'private-key - against high',
      ROLLBACK,
      KEY,
      'private-key - against high',
    ])
  })

  it('reads signatures in DER as strictly as r and s need it', () => {
    const good = Buffer.from('3006020101020102', 'hex')
    expect(readEcdsaDer(good, 2)?.toString('hex')).toBe('00010002')
    expect(readEcdsaDer(Buffer.concat([good, Buffer.alloc(2)]), 2)?.toString('hex')).toBe('00010002')
    for (const bad of [
      '',
      '30',
      '3106020101020102',
      '3006020101020102ff',
      '3007020101020102',
      '3005020101020102',
      '3006020101030102',
      '3006020181020102',
      '3006020001020102',
      '300602010102010200ff',
      '300802030101010201020000',
    ])
      expect(readEcdsaDer(Buffer.from(bad, 'hex'), 2), bad).toBeUndefined()
  })
})

describe('what secure-boot.mcuboot covers', () => {
  it.each([
    ['negative/rsa-2048', 'rsa-2048.pub', 0x20],
    ['negative/ecdsa-p256', 'ecdsa-p256.pub', 0x22],
    ['negative/ecdsa-p384', 'ecdsa-p384.pub', 0x22],
    ['negative/ed25519', 'ed25519.pub', 0x24],
    ['negative/ed25519-pure', 'ed25519.pub', 0x24],
  ])(
    'never takes %s for verified in which a bound byte was changed',
    (name, file, type) => {
      const image = fixture(name)
      const settings = trustOf(name, file)
      const { hashedEnd, values } = partsOf(image)
      const bound = Array.from({ length: hashedEnd }, (_, at) => at)
      for (const at of [values.get(0x10), values.get(0x11), values.get(0x01), values.get(type)])
        if (at !== undefined) bound.push(at, at + 7, at + 20)
      let told = 0
      for (const at of bound) {
        const evidence = ofImage(flipped(image, at, 1 << (at % 8)), settings)
        // A header or TLV that leads elsewhere makes it another file, or one that was cut.
        if (evidence.length === 0 || inShort(evidence).length === 1) continue
        told++
        const signatures = evidence.filter(({ kind }) => kind === 'boot.mcuboot.signature')
        expect(
          signatures.every(({ level }) => level === 'EX'),
          `byte ${at}`,
        ).toBe(true)
        expect(
          evidence.some(({ polarity }) => polarity === 'against'),
          `byte ${at}`,
        ).toBe(true)
      }
      expect(told).toBeGreaterThan(bound.length - 28)
    },
    60_000,
  )

  it('is not changed by what lies behind the protected part', () => {
    const image = fixture('positive/open-counter')
    const settings = trustOf('positive/open-counter', 'p256.pub')
    const at = partsOf(image).values.get(0x50) ?? 0
    expect(inShort(ofImage(flipped(image, at), settings))).toEqual([
      E6,
      'not-covered - against medium',
      ROLLBACK,
    ])
    const slot = fixture('near-miss/slot')
    const trailer = trustOf('near-miss/slot', 'p256.pub')
    expect(inShort(ofImage(flipped(slot, slot.length - 24), trailer))[0]).toBe(E6)
  })

  it('fails what was changed and hashed anew, with any key or none', () => {
    const image = fixture('positive/rehashed')
    const [bare] = ofImage(image)
    expect(bare?.observation).toMatchObject({ result: 'refused', because: 'computed' })
    const [named] = ofImage(image, trustOf('positive/no-hash', 'p256.pub'))
    expect(named).toMatchObject({
      level: 'EX',
      confidence: { grade: 'high' },
      observation: { because: 'named' },
    })
  })

  it('fails an image that names another key than that which signed it', () => {
    const image = fixture('negative/rsa-2048')
    const at = partsOf(image).values.get(0x01) ?? 0
    const [signature] = ofImage(flipped(image, at), trustOf('negative/rsa-2048', 'rsa-2048.pub'))
    expect(signature).toMatchObject({ level: 'EX', observation: { because: 'misnamed' } })
  })

  it('fails an image that says it was encrypted and holds no key for that', () => {
    const [signature] = ofImage(flipped(fixture('negative/rsa-2048'), 16, 4))
    expect(signature).toMatchObject({ level: 'EX', observation: { encrypted: false } })
  })

  it('takes a body in the clear for the image only where the hash says so', () => {
    const image = artefact(fixture('negative/encrypted-opened'), 'image.bin')
    const body = fixture('negative/encrypted-opened', 'image.body')
    const settings = trustOf('negative/encrypted-opened', 'ed25519.pub')
    const opened = check([image, bodyArtefact(body, 'image.bin')], settings)
    expect(opened[0]?.observation).toMatchObject({ clear: 'opened', result: 'verified' })
    for (const wrong of [flipped(body, 20), body.subarray(1)]) {
      const evidence = check([image, bodyArtefact(wrong, 'image.bin')], settings)
      expect(inShort(evidence)).toEqual([E3, ROLLBACK])
      expect(evidence[0]?.observation).toMatchObject({ clear: 'closed', why: 'encrypted' })
    }
  })

  it('verifies flash that holds an image in the clear which came encrypted', () => {
    const image = fixture('negative/encrypted-opened')
    fixture('negative/encrypted-opened', 'image.body').copy(image, 0x20)
    const evidence = ofImage(image, trustOf('negative/encrypted-opened', 'ed25519.pub'))
    expect(inShort(evidence)).toEqual([E6, ROLLBACK])
    expect(evidence[0]?.observation).toMatchObject({ encrypted: true, clear: 'stored' })
  })

  it('survives any truncation and any change', () => {
    const releases = [
      'negative/ecdsa-p256',
      'negative/key-in-image',
      'near-miss/encrypted',
      'negative/big-endian',
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...releases.map((name) => fixture(name))),
        fc.array(fc.tuple(fc.nat(0xfff), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(0xfff),
        (content, changes, length) => {
          const changed = Buffer.from(content)
          for (const [at, value] of changes) changed[at % changed.length] = value
          for (const one of [changed, changed.subarray(0, length % changed.length)]) {
            for (const { level } of ofImage(one))
              expect([undefined, 'E0', 'E2', 'E3', 'E4', 'EX']).toContain(level)
          }
        },
      ),
      { numRuns: 300 },
    )
  }, 60_000)
})
