import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { srec } from './index.ts'

const NUMBERS = Array.from({ length: 300 }, (_, index) => `${index + 1}\n`).join('')
const MORE = Array.from({ length: 41 }, (_, index) => `${index + 400}\n`).join('')

function textsOf(image: Buffer): readonly (readonly [string, string])[] {
  const { contents, problems } = collect(srec, image)
  expect(problems).toEqual([])
  return [...contents].map(([path, content]) => [path, content.toString()])
}

describe('srec', () => {
  it('gives each stretch, without filling what lies between, and the header', () => {
    expect(textsOf(fixture('srec', 's3.srec'))).toEqual([
      ['header', 'board 7'],
      ['0x08000000.bin', NUMBERS],
      ['0xfffe0000.bin', 'far\n'],
    ])
  })

  it('reads addresses of two and three bytes', () => {
    expect(textsOf(fixture('srec', 's1.srec'))).toEqual([['0x00000100.bin', MORE]])
    expect(textsOf(fixture('srec', 's2.srec')).at(-1)).toEqual(['0x00123456.bin', MORE])
  })

  it('tells records whose checksum differs, and a count that does', () => {
    const lines = fixture('srec', 's1.srec').toString('latin1').split('\n')
    lines[4] = (lines[4] as string).replace(/..\r?$/, '00\r')
    expect(collect(srec, Buffer.from(lines.join('\n'))).problems).toMatchObject([{ code: 'checksum' }])
    const fewer = fixture('srec', 's1.srec').toString('latin1').split('\n').toSpliced(4, 1).join('\n')
    const { contents, problems } = collect(srec, Buffer.from(fewer))
    expect(problems[0]).toMatchObject({ code: 'structure', message: 'the count of records differs' })
    expect(contents.size).toBe(2)
  })

  it('tells when the end is missing', () => {
    const { contents, problems } = collect(srec, fixture('srec', 's3.srec').subarray(0, 900))
    expect(problems).toContainEqual(expect.objectContaining({ code: 'truncated', path: '0x08000000.bin' }))
    expect(NUMBERS.startsWith(contents.get('0x08000000.bin')?.toString() ?? '-')).toBe(true)
  })
})

hostileSuite({ format: srec, fixture: fixture('srec', 's3.srec') })
hostileSuite({ format: srec, fixture: fixture('srec', 's1.srec') })
