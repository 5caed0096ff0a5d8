import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { DISK } from '../../testing/disk.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { qcow2 } from './index.ts'

describe('qcow2', () => {
  it.each(['version-2', 'bits', 'zlib', 'zstd', 'subclusters'])('maps %s', (name) => {
    const { contents, problems } = collect(qcow2, fixture('qcow2', `${name}.qcow2`))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['disk.img'])
    expect(contents.get('disk.img')?.equals(DISK)).toBe(true)
  })

  it('shows snapshots beside the disk as it is now', () => {
    const { contents, problems } = collect(qcow2, fixture('qcow2', 'snapshot.qcow2'))
    expect(problems).toEqual([])
    const before = Buffer.alloc(65_536).fill('a', 0, 4096)
    expect(contents.get('snapshots/before.img')?.equals(before)).toBe(true)
    const now = Buffer.from(before).fill('b', 2048, 6144).fill(0, 0, 512)
    expect(contents.get('disk.img')?.equals(now)).toBe(true)
  })

  it('names a backing file, and does not follow it', () => {
    const { contents, problems } = collect(qcow2, fixture('qcow2', 'backed.qcow2'))
    expect(problems).toMatchObject([
      { code: 'unsupported', message: expect.stringMatching(/"plain\.qcow2"/), path: 'disk.img' },
    ])
    expect(contents.get('disk.img')?.equals(Buffer.alloc(65_536).fill('c', 512, 1024))).toBe(true)
  })

  it('tells an encrypted disk, and shows the header that its keys lie in', () => {
    const { contents, entries, problems } = collect(qcow2, fixture('qcow2', 'luks.qcow2'))
    expect(problems).toMatchObject([{ code: 'unsupported', message: 'encrypted (LUKS)' }])
    expect(contents.get('luks-header.bin')?.toString('latin1', 0, 4)).toBe('LUKS')
    expect(entries.map(({ path }) => path)).toEqual(['luks-header.bin', 'disk.img'])
  })

  it('shows a damaged packed cluster as zeros, and tells it', () => {
    const image = fixture('qcow2', 'zstd.qcow2')
    const at = image.indexOf(Buffer.from('28b52ffd', 'hex'))
    image[at] = 0
    const { contents, problems } = collect(qcow2, image)
    expect(problems).toMatchObject([{ message: '1 packed blocks are damaged and shown as zeros' }])
    expect(contents.get('disk.img')?.equals(Buffer.from(DISK).fill(0, 0, 8192))).toBe(true)
  })

  it('refuses a table that stands twice', () => {
    const image = fixture('qcow2', 'version-2.qcow2')
    const l1 = Number(image.readBigUInt64BE(40))
    image.copy(image, l1 + 8, l1, l1 + 8)
    expect(collect(qcow2, image).problems).toMatchObject([{ code: 'structure' }])
  })
})

for (const name of ['version-2', 'zlib', 'subclusters', 'snapshot'])
  hostileSuite({
    format: qcow2,
    fixture: fixture('qcow2', `${name}.qcow2`),
    needsItsEnd: 'its tables may lie behind what they lead to',
  })
