import { createPublicKey } from 'node:crypto'
import { memoryBytes } from '@messlatte/bytes'
import { type FdtToken, fdtNode, parseFdt } from '@messlatte/unpack'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Artefact, Check, EvidenceDraft, Settings } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { runChecks } from '../../testing.ts'
import { trustedKey } from '../outcome/testing.ts'
import { readControl } from './control.ts'
import { fitCheck } from './index.ts'
import { cases, checkFixture, fitArtefact, fixture, inShort, treeArtefact } from './testing.ts'

const REQUIRED = 'required-key - neutral high'
const GOOD = 'signature E5 for high'

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'negative/data-at-position': [GOOD, REQUIRED],
  'negative/data-outside': [GOOD, REQUIRED],
  'negative/ecdsa': ['signature E6 for high'],
  'negative/pkcs1': [GOOD, REQUIRED],
  'negative/pss': [GOOD, REQUIRED],
  'negative/rsa3072': [GOOD, REQUIRED],
  'negative/sha512-rsa4096': [GOOD, REQUIRED],
  'negative/encrypted': [GOOD, REQUIRED],
  'negative/two-keys': [GOOD, GOOD, REQUIRED, REQUIRED],
  'positive/encrypted-unsigned': ['unsigned E2 against medium'],
  'positive/crc32-under-signature': ['signature E1 neutral medium', 'weak-hash E1 against high', REQUIRED],
  'positive/data-redirected': ['hash-mismatch EX against high', 'signature EX against high', REQUIRED],
  'positive/image-signature': ['image-signature-only E5 against medium', REQUIRED],
  'positive/image-signature-required': [
    'image-signature-only E5 against medium',
    'key-not-required - against medium',
  ],
  'positive/key-not-required': ['signature E5 neutral medium', 'key-not-required - against medium'],
  'positive/odd-names': ['unsigned E0 against medium'],
  'positive/one-of-two-keys': ['signature E5 neutral medium', REQUIRED, REQUIRED],
  'positive/ramdisk-left-out': ['signature EX against high', 'hashed-nodes-differ - against high', REQUIRED],
  'positive/sha1-signature': ['signature E5 neutral medium', 'weak-hash - against medium', REQUIRED],
  'positive/sha1-under-signature': ['signature E2 neutral medium', 'weak-hash E2 against high', REQUIRED],
  'positive/tampered-payload': ['hash-mismatch EX against high', 'signature EX against high', REQUIRED],
  'positive/tampered-rehashed': ['signature EX against high', REQUIRED],
  'positive/unsigned': ['unsigned E2 against medium'],
  'positive/unsigned-beside': [GOOD, 'unsigned E2 neutral medium', REQUIRED],
  'positive/unsigned-beside-no-key': ['signature E3 neutral medium', 'unsigned E2 against medium'],
  'positive/unsigned-crc32': ['unsigned E1 against medium'],
  'positive/unsigned-no-hash': ['unsigned E0 against medium'],
  'near-miss/device-tree-without-keys': [],
  'near-miss/script-only': ['unsigned E2 neutral medium'],
  'near-miss/signed-without-a-key': ['signature E3 neutral medium'],
}

function check(artefacts: readonly Artefact[], settings: Partial<Settings> = {}): readonly EvidenceDraft[] {
  return runChecks([fitCheck], artefacts, settings).evidence
}

function signatures(evidence: readonly EvidenceDraft[]): readonly EvidenceDraft[] {
  return evidence.filter(({ kind }) => kind === 'boot.fit.signature')
}

/** The public key of a control device tree, as PEM. */
function keyOf(name: string, at = 0): string {
  const control = readControl(parseFdt(memoryBytes(fixture(name, 'control.dtb')), 0))
  const spki = Buffer.from(control?.keys[at]?.spki ?? '', 'base64')
  return createPublicKey({ key: spki, format: 'der', type: 'spki' })
    .export({ type: 'spki', format: 'pem' })
    .toString()
}

function flipped(content: Uint8Array, at: number, mask = 1): Buffer {
  const changed = Buffer.from(content)
  changed[at] = (changed[at] ?? 0) ^ mask
  return changed
}

describe('secure-boot.fit', () => {
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
      for (const { polarity, overturnedBy, place } of checkFixture(name)) {
        expect(overturnedBy !== undefined).toBe(polarity === 'against')
        expect(place.sha256).toMatch(/^[0-9a-f]{64}$/)
      }
    }
  })

  it('names the key, what is covered and the root file system', () => {
    const [signature] = checkFixture('negative/rsa3072')
    expect(signature?.observation).toMatchObject({
      configuration: 'conf-1',
      default: true,
      algorithm: 'sha256,rsa3072',
      padding: 'pkcs-1.5',
      result: 'verified',
      keys: [{ origin: 'earlier', from: 'control.dtb', node: '/signature/key-rel', required: 'conf' }],
      covers: ['kernel-1', 'ramdisk-1', 'fdt-1'],
      missing: [],
      rootFileSystem: 'ramdisk-of-this-configuration',
      oddities: [],
    })
    const [bare] = checkFixture('negative/two-keys')
    expect(bare?.observation).toMatchObject({ rootFileSystem: 'not-in-this-configuration' })
  })

  it('tells the names that boot loaders were misled with', () => {
    const [unsigned] = checkFixture('positive/odd-names')
    expect(unsigned?.observation).toMatchObject({
      oddities: [
        { what: 'unit-address', node: '/images/kernel@1' },
        { what: 'unit-address', node: '/images/kernel@2' },
        { what: 'unit-address', node: '/configurations/conf@1' },
      ],
    })
  })

  it('names what a signature leaves out', () => {
    const differs = checkFixture('positive/ramdisk-left-out').find(({ kind }) =>
      kind.endsWith('nodes-differ'),
    )
    expect(differs?.observation).toMatchObject({
      leftOut: ['/images/ramdisk-1', '/images/ramdisk-1/hash-1'],
      added: [],
      result: 'listed-only',
    })
  })
})

describe('the keys of secure-boot.fit', () => {
  const itb = fixture('negative/pss', 'fit-signed-pss.itb')
  const control = fixture('negative/pss', 'control.dtb')
  const rsa3072 = fixture('negative/rsa3072', 'fit.itb')

  it('takes a trusted key before all others', () => {
    const trusted = [trustedKey('release.pem', keyOf('negative/pss'))]
    expect(inShort(check([fitArtefact(itb)], { trusted }))).toEqual(['signature E6 for high'])
    expect(inShort(check([fitArtefact(itb), treeArtefact(control)], { trusted }))).toEqual([
      'signature E6 for high',
      REQUIRED,
    ])
  })

  it('believes no key that travels with what it verifies, nor with what boots no earlier', () => {
    const travelling = ['signature E4 neutral medium', REQUIRED]
    expect(inShort(check([fitArtefact(itb), treeArtefact(control, 'fit.itb@0x0:fit/images/fdt-1')]))).toEqual(
      travelling,
    )
    const both = [fitArtefact(itb, 'a.itb'), fitArtefact(itb, 'b.itb')]
    const inTwin = check([
      ...both,
      treeArtefact(control, 'b.itb@0x0:fit/images/ramdisk-1@0x0:squashfs/u-boot.dtb'),
    ])
    expect(inShort(signatures(inTwin))).toEqual([
      'signature E4 neutral medium',
      'signature E4 neutral medium',
    ])
    // A neighbour whose path begins alike is no container of it.
    expect(inShort(check([fitArtefact(itb), treeArtefact(control, 'fit.itb@0x0:fit2.dtb')]))[0]).toBe(GOOD)
  })

  it('fails where the key that is named or demanded is there and does not verify', () => {
    const foreign = fixture('negative/two-keys', 'control.dtb')
    expect(inShort(check([fitArtefact(itb), treeArtefact(foreign)]))[0]).toBe('signature EX against high')
    const other = fixture('negative/rsa3072', 'control.dtb')
    const demanded = check([fitArtefact(itb), treeArtefact(other)])
    expect(inShort(demanded)[0]).toBe('signature EX against high')
    expect(demanded[0]?.observation).toMatchObject({ keys: [{ hint: 'rel', required: 'conf' }] })
  })

  it('draws no conclusion where the right key may be another one', () => {
    expect(inShort(check([fitArtefact(rsa3072)]))).toEqual(['signature E3 neutral medium'])
    const wrong = trustedKey('a.pem', keyOf('negative/two-keys', 0))
    const wrongToo = trustedKey('b.pem', keyOf('negative/two-keys', 1))
    expect(inShort(check([fitArtefact(itb)], { trusted: [wrong] }))).toEqual(['signature EX against medium'])
    expect(inShort(check([fitArtefact(itb)], { trusted: [wrong, wrongToo] }))).toEqual([
      'signature E3 neutral medium',
    ])
    // A key of another length cannot have been meant.
    expect(inShort(check([fitArtefact(rsa3072)], { trusted: [wrong] }))).toEqual([
      'signature E3 neutral medium',
    ])
  })

  it('tells a key whose private half lies in the release', () => {
    const { sha256 } = trustedKey('x', keyOf('negative/pss'))
    const leak: Check = {
      ...fitCheck,
      id: 'test.leak',
      needs: [],
      gives: ['key.private'],
      wants: { formats: ['fdt'] },
      look: (artefact, out) => {
        out.fact('key.private', placeOf(artefact), {
          spkiSha256: sha256,
          algorithm: 'rsa',
          bits: 2048,
          container: 'pkcs8',
          encoding: 'pem',
          name: '',
          sample: undefined,
        })
      },
      conclude: () => {},
    }
    const { evidence } = runChecks([fitCheck, leak], [fitArtefact(itb), treeArtefact(control)])
    expect(inShort(evidence)).toEqual([
      'signature E5 neutral medium',
      'private-key - against high',
      REQUIRED,
      'private-key - against high',
    ])
  })
})

describe('secure-boot.fit on changed bytes', () => {
  /** As the frame shows it: without images it is a device tree like any other. */
  function asRecognised(content: Buffer): Artefact {
    try {
      const images = fdtNode(parseFdt(memoryBytes(content), 0), '/images')
      return images?.children.length ? fitArtefact(content) : treeArtefact(content, 'fit.itb')
    } catch {
      return fitArtefact(content)
    }
  }

  /** Bytes that no signature, hash or structure binds: told from the tree, not from what the check hashes. */
  function openBytes(itb: Buffer): ReadonlySet<number> {
    const fdt = parseFdt(memoryBytes(itb), 0)
    const open = new Set<number>(Array.from({ length: fdt.structOffset }, (_, at) => at))
    const freely = ({ kind, node, property }: FdtToken) =>
      kind === 'property' &&
      ((node?.path.includes('/signature') && property?.name !== 'value') || node?.path === '/configurations')
    const add = (start: number, end: number) => {
      for (let at = start; at < end; at++) open.add(at)
    }
    for (const token of fdt.tokens) {
      if (freely(token)) add(token.offset, token.offset + token.length)
      // The frame of the value of a signature; the value itself is bound.
      if (token.property?.name === 'value' && token.node?.path.includes('/signature')) {
        add(token.offset, token.property.offset)
      }
      if (token.property?.name === 'data') add(token.offset, token.property.offset)
      if (token.property?.name === 'data')
        add(token.property.offset + token.property.length, token.offset + token.length)
    }
    const hashed = fdt.tokens.find(({ property }) => property?.name === 'hashed-strings')?.property
    const names = hashed ? itb.readUInt32BE(hashed.offset + 4) : 0
    add(fdt.stringsOffset + names, itb.length)
    return open
  }

  it('never takes a FIT for verified in which any bound byte was changed', () => {
    for (const [name, file] of [
      ['negative/rsa3072', 'fit.itb'],
      ['negative/pss', 'fit-signed-pss.itb'],
    ] as const) {
      const itb = fixture(name, file)
      const control = treeArtefact(fixture(name, 'control.dtb'))
      const open = openBytes(itb)
      let bound = 0
      for (let at = 0; at < itb.length; at++) {
        const evidence = check([asRecognised(flipped(itb, at, 1 << (at % 8))), control])
        if (open.has(at)) continue
        bound++
        // Nothing but EX, or no signature at all where the byte made something else out of its node; never silence.
        const levels = signatures(evidence).map(({ level }) => level)
        expect(
          levels.every((level) => level === 'EX'),
          `byte ${at} of ${name}: ${levels}`,
        ).toBe(true)
        expect(
          evidence.some(({ polarity }) => polarity === 'against'),
          `byte ${at} of ${name}`,
        ).toBe(true)
      }
      const { structOffset, stringsOffset, stringsSize } = parseFdt(memoryBytes(itb), 0)
      expect(bound).toBeGreaterThan((stringsOffset + stringsSize - structOffset) * 0.7)
    }
  }, 120_000)

  it('fails every byte of every payload and of the signature, by a trusted key too', () => {
    const itb = fixture('negative/rsa3072', 'fit.itb')
    const trusted = [trustedKey('release.pem', keyOf('negative/rsa3072'))]
    const fdt = parseFdt(memoryBytes(itb), 0)
    const values = fdt.tokens.flatMap(({ property }) =>
      property && ['data', 'value'].includes(property.name) ? [property] : [],
    )
    expect(values).toHaveLength(7)
    for (const { offset, length } of values) {
      for (let at = offset; at < offset + length; at += 3) {
        const levels = signatures(check([fitArtefact(flipped(itb, at))], { trusted })).map(
          ({ level }) => level,
        )
        expect(levels).toEqual(['EX'])
      }
    }
  }, 60_000)

  it('fails data outside of the tree, and data that are not all there', () => {
    const itb = fixture('negative/data-outside', 'fit.itb')
    const control = treeArtefact(fixture('negative/data-outside', 'control.dtb'))
    const start = Math.ceil(itb.readUInt32BE(4) / 4) * 4
    expect(itb.length).toBeGreaterThan(start)
    const changed = check([fitArtefact(flipped(itb, start)), control])
    expect(inShort(changed)).toEqual(['hash-mismatch EX against high', 'signature EX against high', REQUIRED])
    const cut = check([fitArtefact(itb.subarray(0, -9)), control])
    expect(inShort(cut)).toEqual(['signature E3 neutral medium', REQUIRED])
  })

  it('calls a FIT without its signature node unsigned', () => {
    const itb = fixture('negative/pss', 'fit-signed-pss.itb')
    const { tokens } = parseFdt(memoryBytes(itb), 0)
    const own = tokens.filter(({ node }) => node?.name === 'signature-1')
    const [first, last] = [own[0], own.at(-1)]
    if (!first || !last) throw new Error('the fixture has no signature')
    const removed = Buffer.from(itb)
    for (let at = first.offset; at < last.offset + last.length; at += 4) removed.writeUInt32BE(4, at)
    const evidence = check([fitArtefact(removed), treeArtefact(fixture('negative/pss', 'control.dtb'))])
    expect(inShort(evidence)).toEqual(['unsigned E2 against medium', REQUIRED])
  })

  it('tells a list of hashed nodes that was changed, which current boot loaders do not read', () => {
    const itb = fixture('negative/pss', 'fit-signed-pss.itb')
    const at = itb.indexOf('/images/kernel-1/hash-1\0') + '/images/kernel-1/hash-'.length
    const evidence = check([
      fitArtefact(flipped(itb, at)),
      treeArtefact(fixture('negative/pss', 'control.dtb')),
    ])
    expect(inShort(evidence)).toEqual([GOOD, 'hashed-nodes-differ - neutral medium', REQUIRED])
  })

  it('survives any truncation and any change', () => {
    const itb = fixture('positive/unsigned-beside', 'fit.itb')
    const control = fixture('positive/unsigned-beside', 'control.dtb')
    const bytesOf = (content: Buffer) =>
      fc.array(fc.tuple(fc.nat(content.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(bytesOf(itb), bytesOf(control), fc.nat(itb.length), (inFit, inControl, length) => {
        const changed = Buffer.from(itb)
        for (const [at, value] of inFit) changed[at] = value
        const tree = Buffer.from(control)
        for (const [at, value] of inControl) tree[at] = value
        for (const content of [changed, changed.subarray(0, length)]) {
          for (const { level } of check([fitArtefact(content), treeArtefact(tree)])) {
            expect([undefined, 'E0', 'E1', 'E2', 'E3', 'E4', 'E5', 'EX']).toContain(level)
          }
        }
      }),
      { numRuns: 500 },
    )
  }, 60_000)
})
