import { verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import type { Stored } from '../members.ts'
import { androidPayload } from './index.ts'
import { type Payload, parsePayload, payloadSignatures } from './parse.ts'

const BLOCK = 4096
const KEY = readFileSync(new URL('fixtures/key.pub', import.meta.url), 'utf8')

function blocks(first: number, last: number, count: number): string {
  return lines(first, last)
    .slice(0, count * BLOCK)
    .padEnd(count * BLOCK, '.')
}

const zeros = (count: number) => '\0'.repeat(count * BLOCK)
const BOOT = blocks(1, 900, 1) + blocks(1, 3000, 2)
const SYSTEM =
  blocks(1, 800, 1) + zeros(1) + blocks(5, 5000, 4) + zeros(2) + blocks(900, 3000, 2) + blocks(7, 2000, 2)

function read(image: Uint8Array) {
  const collected = collect(androidPayload, image)
  const [manifest, ...partitions] = [...collected.contents].map(([path, content]) => [
    path,
    content.toString(),
  ])
  return {
    ...collected,
    manifest: JSON.parse(manifest?.[1] as string) as object,
    partitions: Object.fromEntries(partitions) as Record<string, string>,
  }
}

const parsed = (name: string) => parsePayload(memoryBytes(fixture('android-payload', name)), 0) as Payload

describe('android-payload', () => {
  it('puts partitions together out of operations of every kind that needs no old image', () => {
    const { partitions, problems } = read(fixture('android-payload', 'full.bin'))
    expect(problems).toEqual([])
    expect(partitions).toEqual({ boot: BOOT, system: SYSTEM })
  })

  it('tells what the manifest says', () => {
    const { manifest } = read(fixture('android-payload', 'full.bin'))
    expect(manifest).toMatchObject({
      blockSize: BLOCK,
      minorVersion: 0,
      maxTimestamp: 1_767_225_600,
      securityPatchLevel: '2026-01-05',
      partial: false,
      signed: { metadata: true, payload: true },
      partitions: [
        { name: 'boot', size: 12_288, version: '1767225600', operations: { REPLACE: 1, REPLACE_XZ: 1 } },
        {
          name: 'system',
          operations: { REPLACE_BZ: 1, ZERO: 1, DISCARD: 1, REPLACE_XZ: 1, REPLACE_ZSTD: 1 },
        },
      ],
      groups: [{ name: 'main', size: 1_048_576, partitions: ['system'] }],
      apexes: [{ name: 'com.android.sample', version: 3 }],
    })
  })

  it('reads one that says little', () => {
    const { manifest, partitions, problems } = read(fixture('android-payload', 'small.bin'))
    expect(problems).toEqual([])
    expect(partitions).toEqual({ boot: blocks(1, 900, 1) })
    expect(manifest).toMatchObject({ blockSize: BLOCK, signed: { metadata: false, payload: false } })
  })

  it('tells which partitions need the old image', () => {
    const { partitions, problems, manifest } = read(fixture('android-payload', 'delta.bin'))
    expect(partitions).toEqual({ boot: BOOT })
    expect(problems).toMatchObject([{ code: 'unsupported', path: 'system' }])
    expect(manifest).toMatchObject({ minorVersion: 7, partial: true })
  })

  it('has all that verifies both signatures', () => {
    const image = fixture('android-payload', 'full.bin')
    const at = (part: Stored | undefined) => image.subarray(part?.at, (part?.at ?? 0) + (part?.length ?? 0))
    const { signedMetadata, signedPayload, ...payload } = parsed('full.bin')
    for (const [signatures, signed] of [
      [payload.metadataSignatures, [signedMetadata]],
      [payload.payloadSignatures, signedPayload],
    ] as const) {
      const [signature, ...more] = payloadSignatures(at(signatures))
      expect(more).toEqual([])
      expect(signature?.length).toBe(256)
      expect(verify('sha256', Buffer.concat(signed.map(at)), KEY, signature as Uint8Array)).toBe(true)
    }
    expect(parsed('small.bin').payloadSignatures).toBeUndefined()
  })

  it('takes the padding off a signature', () => {
    const message = Buffer.from('0a0a1203aabb001d02000000', 'hex')
    expect(payloadSignatures(message)).toEqual([Buffer.from([0xaa, 0xbb])])
  })

  it('tells when data differs', () => {
    const image = fixture('android-payload', 'full.bin')
    const { blobsAt } = parsed('full.bin')
    image[blobsAt] = 0x39
    const { partitions, problems } = read(image)
    expect(problems.map(({ code, path }) => [code, path])).toEqual([
      ['checksum', 'boot'],
      ['checksum', 'boot'],
    ])
    expect(partitions).toEqual({ boot: `9${BOOT.slice(1)}`, system: SYSTEM })
  })

  it('leaves the blocks of an operation empty that cannot be done', () => {
    const image = fixture('android-payload', 'full.bin')
    image.fill(0x55, parsed('full.bin').blobsAt + BLOCK, parsed('full.bin').blobsAt + BLOCK + 8)
    const { partitions, problems } = read(image)
    expect(problems.map(({ code }) => code)).toEqual(['checksum', 'structure', 'checksum'])
    expect(partitions).toEqual({ boot: blocks(1, 900, 1) + zeros(2), system: SYSTEM })
  })

  it('still gives what lies before a cut', () => {
    const { partitions, problems } = read(fixture('android-payload', 'full.bin').subarray(0, 5500))
    expect(problems.map(({ code, path }) => [code, path])).toEqual([
      ['truncated', undefined],
      ['truncated', 'boot'],
      ['checksum', 'boot'],
      ['truncated', 'system'],
      ['checksum', 'system'],
    ])
    expect(partitions.boot).toBe(blocks(1, 900, 1) + zeros(2))
  })

  it('does no work twice, and none outside of a partition', () => {
    const twice = fixture('android-payload', 'small.bin')
    // The count of blocks that the only operation writes.
    const count = twice.indexOf(Buffer.from([0x32, 0x04, 0x08, 0x00, 0x10, 0x01])) + 5
    twice[count] = 2
    expect(read(twice).problems).toMatchObject([{ code: 'structure', path: 'boot' }])
    const outside = fixture('android-payload', 'small.bin')
    outside[count - 2] = 5
    expect(read(outside).problems).toMatchObject([
      { code: 'structure', path: 'boot' },
      { code: 'checksum', path: 'boot' },
    ])
  })
})

for (const name of ['full.bin', 'small.bin', 'delta.bin']) {
  hostileSuite({ format: androidPayload, fixture: fixture('android-payload', name) })
}
