import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { uuencode } from './index.ts'

describe('uuencode', () => {
  it('decodes all bytes', () => {
    const found = collect(uuencode, fixture('uuencode', 'all.uu'))
    expect(found.problems).toEqual([])
    expect([...(found.contents.get('all.bin') ?? [])]).toEqual(Array.from({ length: 256 }, (_, byte) => byte))
    expect(entryOf(found, 'all.bin')).toMatchObject({ type: 'file', mode: 0o644 })
  })

  it.each(['numbers.b64', 'uuenview.uu'])('decodes %s', (name) => {
    const { contents, problems } = collect(uuencode, fixture('uuencode', name))
    expect(problems).toEqual([])
    expect([...contents.values()].map(String)).toEqual([NUMBERS])
  })

  it('stands spaces that were taken away, and line ends of DOS', () => {
    const text = fixture('uuencode', 'all.uu').toString('latin1')
    const stripped = text.replaceAll('`', ' ').replaceAll(/ +$/gm, '').replaceAll('\n', '\r\n')
    const { contents, problems } = collect(uuencode, Buffer.from(stripped, 'latin1'))
    expect(problems).toEqual([])
    expect(contents.get('all.bin')?.length).toBe(256)
  })

  it('shows what is there of a text that is cut off', () => {
    const { contents, problems } = collect(uuencode, fixture('uuencode', 'numbers.b64').subarray(0, 1000))
    expect(problems).toMatchObject([{ path: 'numbers' }])
    expect(NUMBERS.startsWith(contents.get('numbers')?.toString() ?? '-')).toBe(true)
  })
})

const needsItsEnd = 'one text holds one file'

hostileSuite({ format: uuencode, fixture: fixture('uuencode', 'all.uu'), needsItsEnd })
hostileSuite({ format: uuencode, fixture: fixture('uuencode', 'numbers.b64'), needsItsEnd })
