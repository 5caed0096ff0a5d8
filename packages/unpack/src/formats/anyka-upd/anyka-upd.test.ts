import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { countingBytes } from '../../testing/counting.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { quietly } from '../telling.ts'
import { anykaUpd } from './index.ts'

describe('anyka-upd', () => {
  it.each(['pen.upd', 'linux.upd'])('gives the files of %s', (name) => {
    const { contents, problems } = collect(anykaUpd, fixture('anyka-upd', name))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual([
      'producer',
      'bios',
      'tool-0',
      'PROG',
      'codepage',
      'VOIMG/a.bin',
      'Other/b.bin',
    ])
    expect(contents.get('PROG')?.toString()).toBe(lines(1, 300))
    expect(contents.get('VOIMG/a.bin')?.toString()).toBe('voice')
  })

  it('reads no whole table for each of many heads that are none', () => {
    const heads = 2048
    const head = fixture('anyka-upd', 'linux.upd').subarray(0, 32)
    const content = Buffer.concat(Array.from({ length: heads }, () => head))
    const bytes = countingBytes(content, 16 * heads, 4096 * heads)
    for (let at = 0; at < content.length; at += head.length)
      expect(quietly(() => anykaUpd.recognise(bytes, at))).toBeUndefined()
  })

  it('tells what is cut off', () => {
    const image = fixture('anyka-upd', 'pen.upd')
    const { problems } = collect(anykaUpd, image.subarray(0, -8))
    expect(problems).toMatchObject([{ code: 'truncated', path: 'Other/b.bin' }])
  })
})

hostileSuite({ format: anykaUpd, fixture: fixture('anyka-upd', 'pen.upd') })
hostileSuite({ format: anykaUpd, fixture: fixture('anyka-upd', 'linux.upd') })
