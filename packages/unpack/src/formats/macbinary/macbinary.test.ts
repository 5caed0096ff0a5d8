import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { macbinary } from './index.ts'

const VERSION_1 = readFileSync(new URL('fixtures/other/version-1.bin', import.meta.url))

describe('macbinary', () => {
  it.each([
    ['stuffit5', 'testfile.stuffit7_dlx.mac9.sit', 'positive'],
    ['stuffit', 'testfile.stuffit45_dlx.mac9.sit', 'other'],
  ])('holds the archive that StuffIt wrote (%s)', (format, name, folder) => {
    const file = readFileSync(new URL(`fixtures/${folder}/${name}.bin`, import.meta.url))
    const { contents, problems } = collect(macbinary, file)
    expect(problems).toEqual([])
    expect(contents.get('sources.sit')?.equals(fixture(format, name))).toBe(true)
  })

  it('reads both forks of the first version', () => {
    const found = collect(macbinary, VERSION_1)
    expect(found.problems).toEqual([])
    expect(found.contents.get('two forks')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('two forks.rsrc')?.length).toBe(763)
    expect(entryOf(found, 'two forks')).toMatchObject({ type: 'file', mtime: 1_700_000_000 })
  })

  it('shows what is there of a file that is cut off', () => {
    const { contents, problems } = collect(
      macbinary,
      fixture('macbinary', 'testfile.stuffit7_dlx.mac9.sit.bin').subarray(0, 1000),
    )
    expect(problems).toMatchObject([{ code: 'truncated', path: 'sources.sit' }])
    expect(contents.get('sources.sit')?.length).toBe(872)
  })
})

hostileSuite({ format: macbinary, fixture: fixture('macbinary', 'testfile.stuffit7_dlx.mac9.sit.bin') })
