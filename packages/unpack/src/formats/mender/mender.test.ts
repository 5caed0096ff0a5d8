import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { NUMBERS, PASSWD, sha256 } from '../../testing/archive.ts'
import { collect, collectStream } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { gzip } from '../gzip/index.ts'
import { tar } from '../tar/index.ts'
import { mender } from './index.ts'
import { parseManifest } from './parse.ts'
import { TarDigests } from './tar-digests.ts'

describe('mender', () => {
  it.each([
    ['image-none.mender', 'header.tar', 'data/0000.tar'],
    ['image-gzip.mender', 'header.tar.gz', 'data/0000.tar.gz'],
    ['image-lzma.mender', 'header.tar.xz', 'data/0000.tar.xz'],
  ])('lists %s, in which everything is as the manifest says', (name, header, payload) => {
    const { contents, problems } = collect(mender, fixture('mender', name))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['version', 'manifest', 'manifest.sig', header, payload])
    expect(parseManifest(contents.get('manifest') as Buffer).map((line) => line.name)).toEqual([
      'data/0000/rootfs.img',
      header,
      'version',
    ])
  })

  it('holds the files that the tool was given', () => {
    const { contents, problems } = collect(mender, fixture('mender', 'files.mender'))
    expect(problems).toEqual([])
    const packed = memoryBytes(contents.get('data/0000.tar.gz') as Buffer)
    const { content } = collectStream((write) => gzip.decode(packed, 0, write))
    const inner = collect(tar, content).contents
    expect(inner.get('numbers')?.toString()).toBe(NUMBERS)
    expect(inner.get('passwd')?.toString()).toBe(PASSWD)
  })

  it('tells payload files that differ from the manifest', () => {
    const artifact = fixture('mender', 'image-none.mender')
    const at = artifact.indexOf('\n100\n101\n')
    artifact[at + 1] = 0x39
    expect(collect(mender, artifact).problems).toMatchObject([
      { code: 'checksum', path: 'data/0000/rootfs.img' },
    ])
  })

  it('tells members that differ, and lines for which there is nothing', () => {
    const artifact = fixture('mender', 'image-gzip.mender')
    const line = artifact.indexOf('  header.tar.gz\n')
    artifact[line - 1] = (artifact[line - 1] as number) ^ 1
    artifact.write('X', artifact.indexOf('  version\n') + 2)
    expect(collect(mender, artifact).problems).toMatchObject([
      { code: 'checksum', path: 'header.tar.gz' },
      { code: 'structure', path: 'Xersion' },
    ])
    const image = fixture('mender', 'image-gzip.mender')
    image.write('x', image.indexOf('data/0000/rootfs.img') + 10)
    expect(collect(mender, image).problems).toMatchObject([
      { code: 'structure', path: 'data/0000/xootfs.img' },
    ])
  })

  it('does not miss what is cut off', () => {
    const { problems } = collect(mender, fixture('mender', 'image-none.mender').subarray(0, 6000))
    expect(problems.map(({ code, path }) => [code, path])).toEqual([
      ['truncated', 'header.tar'],
      ['truncated', undefined],
    ])
  })

  it('leaves other archives to tar', () => {
    for (const { content } of fixturesOf('mender', 'negative'))
      expect(tar.recognise(memoryBytes(content), 0)).toBeDefined()
    expect(tar.recognise(memoryBytes(fixture('mender', 'image-none.mender')), 0)).toBeUndefined()
  })
})

describe('digests of a tar archive in pieces', () => {
  it.each(['gnu.tar', 'pax.tar', 'ustar.tar'])('are those of the files of %s, however it is cut', (name) => {
    const archive = fixture('tar', name)
    const { contents } = collect(tar, archive)
    for (const size of [1, 511, 512, 4096, archive.length]) {
      const digests = new TarDigests()
      for (let at = 0; at < archive.length; at += size) digests.push(archive.subarray(at, at + size))
      const paths = [...contents.keys()].filter((path) => !path.includes('sparse'))
      expect(paths).not.toEqual([])
      for (const path of paths) expect(digests.digests.get(path), path).toBe(sha256(contents.get(path)))
    }
  })

  it('end at what is no header', () => {
    const digests = new TarDigests()
    expect(() => digests.push(Buffer.alloc(512, 1))).toThrow('no tar header')
  })
})

for (const name of ['image-none.mender', 'image-gzip.mender'])
  hostileSuite({ format: mender, fixture: fixture('mender', name) })
