import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { ebl } from './index.ts'

const PROGRAM = Buffer.from(Array.from({ length: 1200 }, (_, index) => (index * 7 + 3) & 255))

describe('ebl', () => {
  it('gives programs with their addresses', () => {
    const image = fixture('ebl', 'plain.ebl')
    const { region, contents, problems } = collect(ebl, Buffer.concat([image, Buffer.alloc(64, 0xff)]))
    expect(problems).toEqual([])
    expect(region.end).toBe(image.length)
    expect([...contents.keys()]).toEqual(['erase-and-program-0x08004000', 'program-0x08008000'])
    expect(contents.get('erase-and-program-0x08004000')?.equals(PROGRAM)).toBe(true)
  })

  it('gives what manufacturing writes', () => {
    const { contents, problems } = collect(ebl, fixture('ebl', 'tokens.ebl'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['erase-and-program-0x08004000', 'manufacturing-program-0x08040800'])
    expect(contents.get('manufacturing-program-0x08040800')?.toString()).toBe('tokens')
  })

  it('shows what is encrypted', () => {
    const { contents } = collect(ebl, fixture('ebl', 'encrypted.ebl'))
    expect([...contents.keys()]).toEqual(['encryption-header', 'encryption-start', 'encrypted'])
  })

  it('shows what is encrypted with its header', () => {
    const { contents, problems } = collect(ebl, fixture('ebl', 'shipped.ebl'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['encryption-start', 'encrypted', 'encryption-code'])
    expect(contents.get('encrypted')?.equals(Buffer.from(PROGRAM).reverse())).toBe(true)
  })

  it('tells a CRC that differs, and an end that is not there', () => {
    const image = fixture('ebl', 'plain.ebl')
    image[200] = 0
    expect(collect(ebl, image).problems).toMatchObject([{ code: 'checksum' }])
    expect(collect(ebl, image.subarray(0, 600)).problems).toMatchObject([
      { code: 'truncated' },
      { code: 'truncated', path: 'erase-and-program-0x08004000' },
    ])
  })
})

hostileSuite({ format: ebl, fixture: fixture('ebl', 'plain.ebl') })
hostileSuite({ format: ebl, fixture: fixture('ebl', 'shipped.ebl') })
