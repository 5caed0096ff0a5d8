import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkFaults, linksInShort, linksOf } from '../chain/testing.ts'
import {
  artefactOf,
  type Cases,
  checkArtefacts,
  checkCase,
  factsOfCase,
  fileOf,
  flipped,
  inShort,
  namesOf,
} from '../outcome/testing.ts'
import { habCheck } from './index.ts'

const CASES: Cases = {
  check: habCheck,
  fixtures: new URL('./fixtures/', import.meta.url),
  formats: ['imx-hab'],
}
const ROLLBACK = 'rollback - neutral medium'
const E3 = ['signature E3 neutral medium', ROLLBACK]
const E4 = ['signature E4 neutral medium', ROLLBACK]
const E6 = ['signature E6 for high', ROLLBACK]
const EX = ['signature EX against high', ROLLBACK]
const GAP = ['signature E6 neutral high', 'not-covered - against high', ROLLBACK]
const UNLOCKS = ['signature E6 for high', 'unlock - neutral medium', ROLLBACK]
const UNSIGNED = ['unsigned E0 against medium']

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'negative/dcd': E6,
  'negative/ecdsa': E6,
  'negative/fast': E6,
  'negative/fuse-digest': E6,
  'negative/spsdk': UNLOCKS,
  'negative/spsdk-fast': UNLOCKS,
  'negative/spsdk-second': UNLOCKS,
  'negative/trusted': E6,
  'near-miss/cut': E3,
  'near-miss/encrypted': E3,
  'near-miss/filler': E6,
  'near-miss/outside': E3,
  'near-miss/travelling': E4,
  'near-miss/unlock': UNLOCKS,
  'positive/foreign': EX,
  'positive/gap-dcd': GAP,
  'positive/gap-program': GAP,
  'positive/gap-table': GAP,
  'positive/no-commands': UNSIGNED,
  'positive/no-data': UNSIGNED,
  'positive/other-signer': EX,
  'positive/private-image-key': ['signature E6 neutral medium', 'private-key - against high', ROLLBACK],
  'positive/private-key': ['signature E4 neutral medium', 'private-key - against high', ROLLBACK],
  'positive/tampered-commands': EX,
  'positive/tampered-image': EX,
  'positive/tampered-srk': EX,
  'positive/tampered-table': EX,
  'positive/unlock': ['signature E6 for high', 'unlock - against medium', ROLLBACK],
  'positive/unsigned': UNSIGNED,
  // It verifies with its own key, which is none that the user trusts.
  'positive/wrong-key': E4,
}
/** Of the commands, in all images of make.py. */
const CSF = 0x500

function levelOf(content: Uint8Array): readonly string[] {
  return checkArtefacts(habCheck, [artefactOf(CASES, content, 'boot.imx')]).flatMap(
    ({ level }) => level ?? [],
  )
}

describe('secure-boot.hab', () => {
  it.each(namesOf(CASES))('%s', (name) => {
    expect(inShort(checkCase(CASES, name))).toEqual(EXPECTED[name])
    expect(linksOf(factsOfCase(CASES, name)).flatMap(linkFaults)).toEqual([])
  })

  it.each([
    ['gap-dcd', ['device-configuration']],
    ['gap-program', ['content']],
    ['gap-table', ['image-vector-table', 'boot-data']],
  ])('names what %s leaves out', (name, whats) => {
    const gap = checkCase(CASES, `positive/${name}`).find(({ kind }) => kind === 'boot.hab.not-covered')
    expect(gap?.observation).toMatchObject({ gaps: whats.map((what) => ({ what })) })
  })

  it('gives the digest of the root keys that fuses hold, and which key was chosen', () => {
    const digest = fileOf(CASES, 'negative/fuse-digest/srk.digest').toString('hex')
    expect(checkCase(CASES, 'negative/trusted')[0]?.observation).toMatchObject({
      srkTableSha256: digest,
      srk: '1 of 3',
      fastAuthentication: false,
      commandsSignature: 'holds',
      dataSignatures: ['holds'],
    })
  })

  it('gives links of the chain', () => {
    const links = (name: string) => linksInShort(factsOfCase(CASES, name))
    expect(links('negative/trusted')).toEqual(['nxp-hab E6: bootloader-first(image) < trusted; hardware'])
    expect(links('positive/unsigned')).toEqual(['nxp-hab E0: bootloader-first(image) < no key; hardware'])
    expect(linksOf(factsOfCase(CASES, 'positive/gap-program'))[0]?.data).toMatchObject({
      covers: [{ offset: 0, length: 0x280 }],
      gaps: [{ name: 'content' }],
    })
  })

  it.each(['negative/trusted', 'negative/fast', 'negative/ecdsa'])(
    'sees every changed byte of %s',
    (name) => {
      const image = fileOf(CASES, `${name}/boot.imx`)
      const length = image.readUInt16BE(CSF + 1)
      const signed = (at: number) => at < CSF || at < CSF + length
      for (let at = 0; at < image.length; at += 7) {
        if (!signed(at)) continue
        expect(
          levelOf(flipped(image, at)).every((level) => !['E4', 'E5', 'E6'].includes(level)),
          String(at),
        ).toBe(true)
      }
    },
  )

  it('gives an answer for any changed byte, and wherever it ends', () => {
    const image = fileOf(CASES, 'negative/dcd/boot.imx')
    for (let length = 0; length < image.length; length += 97) levelOf(image.subarray(0, length))
    fc.assert(
      fc.property(fc.nat(image.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        levelOf(flipped(image, at, mask))
      }),
    )
  })
})
