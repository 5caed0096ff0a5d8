import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { tarV7 } from './index.ts'

describe('tar-v7', () => {
  it('lists an archive without a magic', () => {
    const found = collect(tarV7, fixture('tar-v7', 'v7.tar'))
    expect(found.problems).toEqual([])
    expect(found.contents.get('bin/alias')?.toString()).toBe(NUMBERS)
    expect(entryOf(found, 'etc')).toMatchObject({ type: 'directory' })
    expect(entryOf(found, 'bin/numbers')).toMatchObject({ type: 'hardlink', target: 'bin/alias' })
  })

  it('lists one whose modes tell the types, too', () => {
    const found = collect(tarV7, fixture('tar-v7', 'pax-old.tar'))
    expect(found.problems).toEqual([])
    expect(found.entries[0]).toMatchObject({ type: 'directory', mode: 0o755 })
    expect(found.entries.map(({ path }) => path)).toContain('etc/init.d/rcS')
    expect(entryOf(found, 'etc/shadow')).toMatchObject({ type: 'file', mode: 0o600 })
  })

  it('leaves archives with a magic to their own format', () => {
    expect(tarV7.recognise(memoryBytes(fixture('tar', 'ustar.tar')), 0)).toBeUndefined()
  })
})

hostileSuite({ format: tarV7, fixture: fixture('tar-v7', 'v7.tar') })
hostileSuite({ format: tarV7, fixture: fixture('tar-v7', 'pax-old.tar') })
