import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import type { ContainerFormat } from '../contract.ts'
import { fixture } from '../testing/fixtures.ts'
import { intelHex } from './intel-hex/index.ts'
import { seekRecords } from './record-lines.ts'
import { srec } from './srec/index.ts'
import { tekhex } from './tekhex/index.ts'

const LINES = { first: ':', begins: /^:\d\d/, ends: /^:00/ }

function seek(text: string | Buffer, start = 0): readonly number[] {
  const bytes = memoryBytes(Buffer.from(text))
  return [...seekRecords(bytes, { start, end: bytes.size }, LINES)]
}

describe('records within other text', () => {
  it('are tried where their lines begin, once for all that follow each other', () => {
    expect(seek(':11a\n:12b\r\n:13c\n')).toEqual([0])
    expect(seek('# by hand\n:11a\n:12b\n# more\n:13c\n')).toEqual([10, 27])
    expect(seek(':11a\n:00\n:12b\n:13c\n')).toEqual([0, 9])
    expect(seek(Buffer.from('\xef\xbb\xbf:11a\n:12b\n', 'latin1'))).toEqual([3])
    expect(seek('\u0000\u0001:11\n:12', 2)).toEqual([2])
    expect(seek('text :11a\n')).toEqual([])
  })

  it('are found across the borders of windows', () => {
    for (const before of [256 * 1024 - 3, 256 * 1024 - 1, 256 * 1024, 256 * 1024 + 1]) {
      const text = `${'x'.repeat(before - 1)}\n:11a\n:12b\n`
      expect(seek(text)).toEqual([before])
    }
    const many = ':11223344556677\n'.repeat(40_000)
    expect(seek(`#\n${many}`)).toEqual([2])
  })

  it.each([
    [intelHex, 'far.hex'],
    [srec, 's2.srec'],
    [tekhex, 'extended.tek'],
    [tekhex, 'plain.tek'],
  ])('are read in the middle of a text: %o', (format: ContainerFormat, name) => {
    const records = fixture(format.name, name)
    const text = Buffer.concat([Buffer.from('; firmware 1.2\n; by hand\n'), records, Buffer.from('\nend\n')])
    const bytes = memoryBytes(text)
    const [at] = [...(format.candidates?.(bytes, { start: 0, end: text.length }) ?? [])]
    expect(at).toBe(25)
    const region = format.recognise(bytes, at as number)
    expect(region?.start).toBe(25)
    expect(region?.end).toBeLessThanOrEqual(25 + records.length + 1)
  })
})
