import { createPrivateKey } from 'node:crypto'
import { derAt, memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { type Collected, collect } from '../../testing/collect.ts'
import { fixture, keyOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { squashfs } from '../squashfs/index.ts'
import { raucBundle } from './index.ts'
import { dataBlocksOf, levelsOf, parseBundleManifest, parseRaucBundle } from './parse.ts'

const ROOTFS = lines(1, 2000).slice(0, 8192)

function expectPayload(found: Collected): void {
  const { contents, problems } = collect(squashfs, found.contents.get('payload.squashfs') as Buffer)
  expect(problems).toEqual([])
  expect(contents.get('rootfs.img')?.toString()).toBe(ROOTFS)
}

describe('rauc-bundle', () => {
  it('splits a plain bundle into its SquashFS and its signature', () => {
    const found = collect(raucBundle, fixture('rauc-bundle', 'plain.raucb'))
    expect(found.problems).toEqual([])
    expect([...found.contents.keys()]).toEqual(['payload.squashfs', 'signature.cms'])
    expectPayload(found)
    expect(derAt(found.contents.get('signature.cms') as Buffer, 0)?.end).toBe(
      found.contents.get('signature.cms')?.length,
    )
  })

  it('gives the manifest and the hash tree of a verity bundle', () => {
    const found = collect(raucBundle, fixture('rauc-bundle', 'verity.raucb'))
    expect(found.problems).toEqual([])
    expect([...found.contents.keys()]).toEqual([
      'payload.squashfs',
      'verity-tree.bin',
      'manifest.raucm',
      'signature.cms',
    ])
    expectPayload(found)
    expect(found.contents.get('manifest.raucm')?.toString()).toMatch(
      /^\[update\]\ncompatible=Sample Board\nversion=1\.0\.0\n/,
    )
    expect(found.contents.get('verity-tree.bin')).toHaveLength(4096)
  })

  it('tells payloads and hash trees that differ', () => {
    const payload = fixture('rauc-bundle', 'verity.raucb')
    payload[500] = (payload[500] as number) ^ 1
    expect(collect(raucBundle, payload).problems).toMatchObject([
      { code: 'checksum', path: 'payload.squashfs' },
      { code: 'checksum', path: 'verity-tree.bin' },
    ])
    const tree = fixture('rauc-bundle', 'verity.raucb')
    const { payload: stored } = parseRaucBundle(memoryBytes(tree), 0) as { payload: { length: number } }
    tree[stored.length - 1] = 1
    expect(collect(raucBundle, tree).problems).toMatchObject([{ code: 'checksum', path: 'verity-tree.bin' }])
  })

  it('decrypts a crypt bundle with the private key of a recipient', () => {
    const image = fixture('rauc-bundle', 'crypt.raucb')
    const found = collect(raucBundle, image, undefined, [
      keyOf('rauc-bundle', 'other.pem'),
      keyOf('rauc-bundle', 'signer.pem'),
    ])
    expect(found.problems).toEqual([])
    expect([...found.contents.keys()]).toEqual([
      'payload.squashfs',
      'verity-tree.bin',
      'manifest.raucm',
      'signature.cms',
      'signature-opened.cms',
    ])
    expectPayload(found)
    const der = createPrivateKey(Buffer.from(keyOf('rauc-bundle', 'signer.pem').bytes)).export({
      type: 'pkcs8',
      format: 'der',
    })
    expectPayload(collect(raucBundle, image, undefined, [{ name: 'signer.der', bytes: der }]))
  })

  it('decrypts a crypt bundle for a recipient whose key is on a curve', () => {
    const image = fixture('rauc-bundle', 'crypt-ec.raucb')
    const found = collect(raucBundle, image, undefined, [
      keyOf('rauc-bundle', 'signer.pem'),
      keyOf('rauc-bundle', 'ec.pem'),
    ])
    expect(found.problems).toEqual([])
    expectPayload(found)
    const without = collect(raucBundle, image, undefined, [
      keyOf('rauc-bundle', 'signer.pem'),
      keyOf('rauc-bundle', 'other.pem'),
    ])
    expect(without.problems).toMatchObject([{ code: 'unsupported' }])
  })

  it('decrypts a crypt bundle with the key of its payload', () => {
    const image = fixture('rauc-bundle', 'crypt.raucb')
    const hex = keyOf('rauc-bundle', 'payload.hex')
    const raw = Buffer.from(Buffer.from(hex.bytes).toString().trim(), 'hex')
    for (const material of [hex, { name: 'payload.bin', bytes: raw }]) {
      const found = collect(raucBundle, image, undefined, [material])
      expect(found.problems).toEqual([])
      expectPayload(found)
    }
  })

  it('shows what is encrypted as it is stored where no key fits', () => {
    const image = fixture('rauc-bundle', 'crypt.raucb')
    const found = collect(raucBundle, image, undefined, [keyOf('rauc-bundle', 'other.pem')])
    expect(found.problems).toMatchObject([{ code: 'unsupported', path: 'payload.encrypted' }])
    expect([...found.contents.keys()]).toEqual(['payload.encrypted', 'signature.cms'])
  })

  it('takes the key of the payload from a manifest that is not yet enveloped', () => {
    const found = collect(raucBundle, fixture('rauc-bundle', 'inner.raucb'))
    expect(found.problems).toEqual([])
    expectPayload(found)
  })

  it('looks for encrypted bundles only where a stretch ends as one', () => {
    const image = fixture('rauc-bundle', 'crypt.raucb')
    const starts = (bytes: Buffer) => [
      ...(raucBundle.candidates?.(memoryBytes(bytes), { start: 0, end: bytes.length }) ?? []),
    ]
    expect(starts(image)).toEqual([0])
    expect(starts(image.subarray(0, -1))).toEqual([])
    expect(starts(Buffer.alloc(20_000))).toEqual([])
  })

  it('leaves the SquashFS of a bundle to the bundle', () => {
    const image = fixture('rauc-bundle', 'plain.raucb')
    expect(squashfs.recognise(memoryBytes(image), 0)).toBeUndefined()
    expect(squashfs.recognise(memoryBytes(image.subarray(0, -1)), 0)).toBeDefined()
  })

  it('knows how large hash trees are', () => {
    expect(levelsOf(1)).toEqual([])
    expect(levelsOf(128)).toEqual([1])
    expect(levelsOf(129)).toEqual([2, 1])
    expect([dataBlocksOf(129), dataBlocksOf(132), dataBlocksOf(130), dataBlocksOf(1)]).toEqual([
      128,
      129,
      undefined,
      1,
    ])
  })

  it('takes settings from the section of the bundle only', () => {
    const text = '[image.a]\nformat=no\n[bundle]\nformat = verity\nverity-size=x\ncrypt-key=00\n'
    expect(parseBundleManifest(Buffer.from(text))).toEqual({
      format: 'verity',
      verityHash: undefined,
      veritySalt: undefined,
      veritySize: undefined,
      cryptKey: undefined,
    })
  })
})

for (const name of ['plain.raucb', 'verity.raucb', 'crypt.raucb', 'crypt-ec.raucb'])
  hostileSuite({
    format: raucBundle,
    fixture: fixture('rauc-bundle', name),
    needsItsEnd: 'the signature and its size come last',
  })
