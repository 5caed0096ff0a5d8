import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { qnxImagefs } from './index.ts'

describe('qnx-imagefs', () => {
  it.each(['little.imagefs', 'big.imagefs'])('reads files, directories, links and devices of %s', (name) => {
    const { contents, entries, problems } = collect(qnxImagefs, fixture('qnx-imagefs', name))
    expect(problems).toEqual([])
    expect(contents.get('etc/numbers')?.toString()).toBe(lines(1, 300))
    expect(contents.get('proc/far')?.toString()).toBe('far\n')
    expect(entries).toMatchObject([
      { path: 'proc', type: 'directory', mode: 0o755, gid: 7, uid: 8, mtime: 1_700_000_000 },
      { path: 'etc/numbers', type: 'file', mode: 0o644 },
      { path: 'proc/far', type: 'file', mode: 0o755 },
      { path: 'tmp', type: 'symlink', target: '/dev/shmem' },
      { path: 'dev/console', type: 'character', device: { major: 0, minor: 261 } },
    ])
  })

  it('tells a checksum that differs, and content that lies outside', () => {
    const image = Buffer.from(fixture('qnx-imagefs', 'little.imagefs'))
    // The size of the first file, behind the entries of the root and of proc.
    const entry = image.indexOf('etc/numbers') - 8
    image.writeUInt32LE(0x7fff_ffff, entry + 4)
    const { contents, problems } = collect(qnxImagefs, image)
    expect(problems).toMatchObject([{ code: 'checksum' }, { code: 'structure', path: 'etc/numbers' }])
    expect(contents.get('proc/far')?.toString()).toBe('far\n')
  })
})

for (const name of ['little.imagefs', 'big.imagefs'])
  hostileSuite({ format: qnxImagefs, fixture: fixture('qnx-imagefs', name) })
