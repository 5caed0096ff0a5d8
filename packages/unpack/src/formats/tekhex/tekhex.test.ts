import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { tekhex } from './index.ts'

const NUMBERS = Array.from({ length: 300 }, (_, index) => `${index + 1}\n`).join('')
const MORE = Array.from({ length: 41 }, (_, index) => `${index + 400}\n`).join('')

function textsOf(image: Buffer): readonly (readonly [string, string])[] {
  const { contents, problems } = collect(tekhex, image)
  expect(problems).toEqual([])
  return [...contents].map(([path, content]) => [path, content.toString()])
}

/** Lines of a fixture, changed. */
function edited(name: string, change: (lines: string[]) => void): Buffer {
  const lines = fixture('tekhex', name).toString('latin1').split('\n')
  change(lines)
  return Buffer.from(lines.join('\n'))
}

describe('tekhex', () => {
  it('gives each stretch of the extended form, without filling what lies between', () => {
    expect(textsOf(fixture('tekhex', 'extended.tek'))).toEqual([
      ['0x08000000.bin', NUMBERS],
      ['0xfffe0000.bin', 'far\n'],
    ])
  })

  it('reads the plain form', () => {
    expect(textsOf(fixture('tekhex', 'plain.tek'))).toEqual([['0x00000100.bin', MORE]])
  })

  it('reads what objcopy writes, symbols among it', () => {
    const padding = '\0'.repeat(0x16)
    const [[path, text] = ['', '']] = textsOf(fixture('tekhex', 'objcopy.tek'))
    expect(path).toBe('0x00123440.bin')
    expect(text.replace(/\0+$/, '')).toBe(padding + MORE)
  })

  it('tells damaged records, and reads the others', () => {
    const damaged = edited('plain.tek', (lines) => {
      lines[4] = (lines[4] as string).replace(/..\r?$/, '00')
      lines[5] = '/damaged'
    })
    const { contents, problems } = collect(tekhex, damaged)
    expect(problems.map(({ code }) => code)).toEqual(['checksum', 'structure', 'truncated'])
    expect([...contents.keys()]).toEqual(['0x00000100.bin'])
  })

  it('refuses an address that no number counts exactly, and reads the others', () => {
    const far = edited('extended.tek', (lines) => {
      lines[6] = '%1B6000FFFFFFFFFFFFFFFF00'
    })
    expect(collect(tekhex, far).problems).toContainEqual(
      expect.objectContaining({ code: 'structure', message: '1 lines are no records' }),
    )
  })

  it.each(['plain-without-start.tek', 'extended-without-start.tek'])(
    'misses no record of the end where srec_cat writes none: %s',
    (name) => {
      expect(textsOf(fixture('tekhex', name))).toEqual([['0x00000100.bin', MORE]])
      const cut = collect(tekhex, fixture('tekhex', name).subarray(0, -4))
      expect(cut.problems).toContainEqual(expect.objectContaining({ code: 'truncated' }))
    },
  )

  it('tells when the end is missing', () => {
    const { contents, problems } = collect(tekhex, fixture('tekhex', 'extended.tek').subarray(0, 1000))
    expect(problems).toContainEqual(expect.objectContaining({ code: 'truncated', path: '0x08000000.bin' }))
    expect(NUMBERS.startsWith(contents.get('0x08000000.bin')?.toString() ?? '-')).toBe(true)
  })
})

for (const name of ['extended.tek', 'plain.tek', 'objcopy.tek']) {
  hostileSuite({
    format: tekhex,
    fixture: fixture('tekhex', name),
    needsNoEnd: 'srec_cat ends a file without a record of the end where it knows no start address',
  })
}
