import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { ambarellaRomfs } from './index.ts'

describe('ambarella-romfs', () => {
  it('gives the files', () => {
    const { contents, problems } = collect(ambarellaRomfs, fixture('ambarella-romfs', 'rom.fs'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['lines.txt', 'short.bin', 'block.bin'])
    expect(contents.get('lines.txt')?.toString()).toBe(lines(1, 400))
    expect(contents.get('short.bin')?.toString()).toBe('short\n')
    expect(contents.get('block.bin')?.equals(Buffer.alloc(2048))).toBe(true)
  })

  it('tells what is cut off', () => {
    const { problems } = collect(ambarellaRomfs, fixture('ambarella-romfs', 'rom.fs').subarray(0, 5000))
    expect(problems[0]).toMatchObject({ code: 'truncated', path: 'lines.txt' })
  })
})

hostileSuite({ format: ambarellaRomfs, fixture: fixture('ambarella-romfs', 'rom.fs') })
