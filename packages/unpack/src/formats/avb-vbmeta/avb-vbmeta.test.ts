import { createHash, createPublicKey, verify } from 'node:crypto'
import { latin1, memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { avbVbmeta } from './index.ts'
import { parseAvbKey, parseVbmeta, type Vbmeta, vbmetaOfPartition } from './parse.ts'
import { treesOf } from './trees.ts'

const BOOT = Buffer.from(lines(1, 2000).slice(0, 8192))
/** Of the key that signed all-kinds.vbmeta, as avbtool prints it. */
const KEY_DIGEST = 'd0aae11b853453aba200b909c988f941e8769c57'

function parsed(name: string): Vbmeta {
  return parseVbmeta(memoryBytes(fixture('avb-vbmeta', name))) as Vbmeta
}

function partition(): Buffer {
  return Buffer.concat([
    BOOT,
    fixture('avb-vbmeta', 'boot.vbmeta'),
    Buffer.alloc(3000),
    fixture('avb-vbmeta', 'footer.bin'),
  ])
}

function problemsOf(content: Uint8Array, at = 0): string[] {
  const bytes = memoryBytes(content)
  const region = avbVbmeta.recognise(bytes, at)
  const problems: string[] = []
  if (region) avbVbmeta.examine?.(bytes, region, (code) => problems.push(code))
  return problems
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('avb-vbmeta', () => {
  it('reads header and flags', () => {
    expect(parsed('all-kinds.vbmeta')).toMatchObject({
      required: { major: 1, minor: 2 },
      algorithm: { name: 'SHA512_RSA4096', hash: 'sha512', signature: 512 },
      rollbackIndex: 5n,
      rollbackIndexLocation: 2,
      flags: 1,
      hashtreeDisabled: true,
      verificationDisabled: false,
      release: 'avbtool 1.2.0',
      descriptorsHold: true,
    })
    const unsigned = parsed('unsigned.vbmeta')
    expect(unsigned).toMatchObject({ algorithmNumber: 0, rollbackIndex: 0n })
    expect(unsigned.algorithm).toBeUndefined()
    expect([unsigned.hash, unsigned.signature, unsigned.publicKey].map(({ length }) => length)).toEqual([
      0, 0, 0,
    ])
  })

  it('reads descriptors of every kind', () => {
    const [chain, property, cmdline, hash, hashtree, ...more] = parsed('all-kinds.vbmeta').descriptors
    expect(more).toEqual([])
    expect(chain).toMatchObject({ type: 'chain-partition', partition: 'vendor', rollbackIndexLocation: 4 })
    if (chain?.type === 'chain-partition')
      expect(createHash('sha1').update(chain.publicKey).digest('hex')).toBe(KEY_DIGEST)
    expect(property).toMatchObject({ type: 'property', key: 'com.android.build.boot.security_patch' })
    if (property?.type === 'property') expect(latin1(property.value)).toBe('2026-01-05')
    expect(cmdline).toEqual({ type: 'kernel-cmdline', flags: 0, text: 'androidboot.verifiedboot=1' })
    expect(hash).toMatchObject({ type: 'hash', partition: 'boot', imageSize: 8192, algorithm: 'sha256' })
    expect(hashtree).toMatchObject({
      type: 'hashtree',
      partition: 'system',
      verityVersion: 1,
      imageSize: 262_144,
      treeAt: 262_144,
      treeSize: 4096,
      dataBlock: 4096,
      hashBlock: 4096,
      algorithm: 'sha256',
    })
    if (hashtree?.type === 'hashtree')
      expect([hex(hashtree.salt), hex(hashtree.rootDigest)]).toEqual([
        '33333333',
        '5bbdad63b36afbafc2dda3b6503edae882afaa0358fdf7c9cc0a2c79e107560d',
      ])
  })

  it.each(['all-kinds.vbmeta', 'boot.vbmeta'])('has all that verifies the signature of %s', (name) => {
    const { algorithm, signed, signature, publicKey } = parsed(name)
    const { bits, modulus } = parseAvbKey(publicKey) as NonNullable<ReturnType<typeof parseAvbKey>>
    expect(bits).toBe(signature.length * 8)
    const jwk = { kty: 'RSA', n: Buffer.from(modulus).toString('base64url'), e: 'AQAB' }
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    expect(verify(algorithm?.hash, Buffer.concat(signed), key, signature)).toBe(true)
  })

  it('finds the vbmeta of a partition by its footer, with the digest of what lies before', () => {
    const found = vbmetaOfPartition(memoryBytes(partition()))
    expect(found).toMatchObject({
      at: 8192,
      footer: { originalSize: 8192, vbmetaAt: 8192, vbmetaSize: 1280 },
    })
    const [hash] = found?.vbmeta.descriptors ?? []
    expect(hash?.type).toBe('hash')
    if (hash?.type === 'hash')
      expect(createHash('sha256').update(hash.salt).update(BOOT).digest('hex')).toBe(hex(hash.digest))
    expect(vbmetaOfPartition(memoryBytes(fixture('avb-vbmeta', 'unsigned.vbmeta')))?.at).toBe(0)
    expect(vbmetaOfPartition(memoryBytes(BOOT))).toBeUndefined()
  })

  it('finds nothing wrong with what is whole', () => {
    for (const name of ['all-kinds.vbmeta', 'boot.vbmeta', 'unsigned.vbmeta'])
      expect(problemsOf(fixture('avb-vbmeta', name))).toEqual([])
    expect(problemsOf(partition(), partition().length - 64)).toEqual([])
    // Behind it there is more: then its partition may begin anywhere.
    expect(problemsOf(Buffer.concat([fixture('avb-vbmeta', 'footer.bin'), BOOT]))).toEqual([])
  })

  it('tells what is damaged', () => {
    const vbmeta = fixture('avb-vbmeta', 'boot.vbmeta')
    vbmeta[119] = 4
    expect(problemsOf(vbmeta)).toEqual(['checksum'])
    const unsigned = fixture('avb-vbmeta', 'unsigned.vbmeta')
    unsigned[256 + 15] = 0xff
    expect(problemsOf(unsigned)).toEqual(['structure'])
    expect(parseVbmeta(memoryBytes(unsigned))).toMatchObject({ descriptors: [], descriptorsHold: false })
    expect(problemsOf(fixture('avb-vbmeta', 'boot.vbmeta').subarray(0, 700))).toEqual(['truncated'])
    const image = partition().fill(0, 8192, 8196)
    expect(problemsOf(image, image.length - 64)).toEqual(['structure'])
  })

  it('keeps what it does not know', () => {
    const unsigned = fixture('avb-vbmeta', 'unsigned.vbmeta')
    unsigned[256 + 7] = 99
    expect(parseVbmeta(memoryBytes(unsigned))?.descriptors).toMatchObject([{ type: 'unknown', tag: 99n }])
    unsigned[31] = 77
    expect(parseVbmeta(memoryBytes(unsigned))?.algorithmNumber).toBe(77)
  })

  it('takes no key that contradicts its length', () => {
    expect(parseAvbKey(new Uint8Array(0))).toBeUndefined()
    expect(parseAvbKey(parsed('boot.vbmeta').publicKey.subarray(1))).toBeUndefined()
  })
})

describe('a partition with a hash tree', () => {
  const partition = () => fixture('avb-vbmeta', '../other/fec.img')
  const TREE = { start: 1_048_576, end: 1_060_864 }
  const PARITY = { start: 1_060_864, end: 1_069_056 }

  it('has tree and error correction found where its vbmeta tells', () => {
    const bytes = memoryBytes(partition())
    const sought = (start: number, end: number) => [...(avbVbmeta.candidates?.(bytes, { start, end }) ?? [])]
    expect(sought(0, bytes.size)).toEqual([TREE.start, PARITY.start])
    expect(sought(TREE.start + 1, PARITY.start + 1)).toEqual([PARITY.start])
    for (const region of [TREE, PARITY]) {
      expect(avbVbmeta.recognise(bytes, region.start)).toEqual(region)
      expect(problemsOf(partition(), region.start)).toEqual([])
    }
    expect(avbVbmeta.recognise(bytes, TREE.start + 4096)).toBeUndefined()
  })

  it('has none without its footer, or where it would lie behind the vbmeta', () => {
    const lost = memoryBytes(partition().fill(0, 1_200_128 - 64))
    expect(treesOf(lost)).toEqual([])
    const image = partition()
    // The size of the tree, behind the tag, the length, the version and two numbers.
    image.writeBigUInt64BE(1n << 40n, image.indexOf('AVB0') + 256 + 16 + 4 + 16)
    expect(treesOf(memoryBytes(image))).toEqual([PARITY])
  })
})

for (const name of ['all-kinds.vbmeta', 'boot.vbmeta', 'unsigned.vbmeta', 'footer.bin']) {
  hostileSuite({ format: avbVbmeta, fixture: fixture('avb-vbmeta', name) })
}
