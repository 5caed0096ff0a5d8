import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture, keyOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { nxpMbi } from './index.ts'

const KEY = keyOf('nxp-mbi', 'master-key.txt')

/** As `make.py` makes it. */
function program(): Buffer {
  const body = Buffer.from(Array.from({ length: 0x140 }, (_, index) => (index * 7 + 3) & 255))
  for (let word = 0; word < 16; word++)
    body.writeUInt32LE(word === 0 ? 0x20008000 : 0x101 + 16 * (word - 1), word * 4)
  for (const word of [0x20, 0x24, 0x28, 0x34]) body.fill(0, word, word + 4)
  return body
}

function read(name: string, keys: readonly (typeof KEY)[] = []) {
  const image = fixture('nxp-mbi', `${name}.bin`)
  const all = Buffer.concat([image, Buffer.alloc(64, 0xff)])
  const { region, contents, problems, entries } = collect(nxpMbi, all, undefined, keys)
  expect(region).toEqual({ start: 0, end: image.length })
  return { contents, problems, entries, summary: JSON.parse(contents.get('mbi.json')?.toString() ?? '') }
}

describe('nxp-mbi', () => {
  it.each([
    ['crc', ['mbi.json', 'program']],
    ['signed', ['mbi.json', 'program', 'certificate-0.der', 'certificate-1.der', 'signature']],
    ['intermediate', ['mbi.json', 'program', 'signature']],
    ['digest', ['mbi.json', 'program', 'signature']],
    ['trustzone', ['mbi.json', 'program', 'trustzone', 'signature']],
    [
      'key-store',
      ['mbi.json', 'program', 'certificate-0.der', 'certificate-1.der', 'key-store', 'signature'],
    ],
  ])('gives what %s holds, and the program as it was linked', (name, members) => {
    const { contents, problems, entries } = read(name)
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(members)
    expect(contents.get('program')?.equals(program())).toBe(true)
    expect(entries.find(({ path }) => path === 'program')).toMatchObject({ program: true })
  })

  it('tells type, versions and a chain of certificates', () => {
    // The digest that nxpimage cert-block prints as RKTH.
    expect(read('signed').summary).toMatchObject({
      type: 'signed-xip',
      loadAddress: 0x8001000,
      trustZone: 'disabled',
      certificates: { version: '1.0', buildNumber: 7, chain: 2, rootKeyHashes: [expect.any(String)] },
      headerMac: false,
      signatureBytes: 256,
    })
    expect(read('crc').summary).toEqual({
      type: 'crc-xip',
      subtype: 0,
      length: 0x140,
      loadAddress: 0x8001000,
      trustZone: 'disabled',
    })
    expect(read('key-store').summary).toMatchObject({ type: 'signed-ram', headerMac: true, keyStore: true })
  })

  it('tells root and intermediate keys', () => {
    const { summary } = read('intermediate')
    expect(summary).toMatchObject({
      subtype: 1,
      imageVersion: 0x123,
      manifest: { firmwareVersion: 3 },
      certificates: {
        version: '2.1',
        rootIndex: 0,
        rootKey: { curve: 'P-384' },
        intermediateKey: {
          curve: 'P-256',
          constraints: 5,
          userData: Buffer.from('what the user sa').toString('hex'),
        },
      },
      signatureBytes: 64,
    })
    expect(summary.certificates.rootKeyHashes).toHaveLength(2)
    expect(read('digest').summary.manifest).toEqual({ firmwareVersion: 3, digest: 'sha256' })
  })

  it('takes a CRC at the end of a manifest for none of the settings', () => {
    expect(read('trustzone').contents.get('trustzone')?.length).toBe(980)
    const image = fixture('nxp-mbi', 'intermediate.bin')
    image[0x100] = (image[0x100] as number) ^ 1
    expect(collect(nxpMbi, image).problems).toMatchObject([{ code: 'checksum', path: 'mbi.json' }])
  })

  it('decrypts with the key that the MAC of the header fits', () => {
    const other = { name: 'other', bytes: Buffer.alloc(32, 1) }
    expect(read('encrypted').problems).toMatchObject([{ code: 'unsupported', path: 'program' }])
    expect(read('encrypted', [other]).problems).toHaveLength(1)
    const { contents, problems } = read('encrypted', [other, KEY])
    expect(problems).toEqual([])
    expect(contents.get('program')?.equals(program())).toBe(true)
  })

  it('is sought where flash is erased, and sums up no more than four times what there is', () => {
    const image = fixture('nxp-mbi', 'signed.bin')
    const flash = Buffer.concat([Buffer.alloc(0x1000, 0xff), image])
    const placesIn = (content: Buffer) => [
      ...(nxpMbi.candidates?.(memoryBytes(content), { start: 0, end: content.length }) ?? []),
    ]
    expect(placesIn(flash)).toEqual([0x1000])
    const head = fixture('nxp-mbi', 'crc.bin').subarray(0, 0x40)
    head.writeUInt32LE(0x10000, 0x20)
    const many = Buffer.concat(Array.from({ length: 128 }, () => Buffer.concat([head, Buffer.alloc(0x1c0)])))
    expect(placesIn(many)).toHaveLength(4)
  })

  it('tells an end that is not there', () => {
    const { problems, contents } = collect(nxpMbi, fixture('nxp-mbi', 'intermediate.bin').subarray(0, -8))
    expect(problems).toMatchObject([{ code: 'truncated' }])
    expect([...contents.keys()]).toEqual(['mbi.json', 'program'])
  })
})

for (const name of ['signed', 'trustzone'])
  hostileSuite({
    format: nxpMbi,
    fixture: fixture('nxp-mbi', `${name}.bin`),
    needsItsEnd: 'its certificates stand behind the program',
  })
