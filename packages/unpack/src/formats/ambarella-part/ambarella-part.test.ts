import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { ambarellaPart } from './index.ts'
import { parsePart } from './parse.ts'

describe('ambarella-part', () => {
  it.each([
    ['sys.bin', lines(1, 400)],
    ['lnx.bin', lines(401, 800)],
  ])('gives the content of %s', (name, content) => {
    const { contents, problems } = collect(ambarellaPart, fixture('ambarella-part', name))
    expect(problems).toEqual([])
    expect(contents.get('partition')?.toString()).toBe(content)
  })

  it('tells what the header says, and a CRC that differs', () => {
    const image = fixture('ambarella-part', 'sys.bin')
    expect(parsePart(memoryBytes(image), 0)).toMatchObject({ version: '1.5', date: '2016-03-09' })
    image[300] = (image[300] as number) ^ 1
    expect(collect(ambarellaPart, image).problems).toMatchObject([{ code: 'checksum' }])
  })
})

hostileSuite({
  format: ambarellaPart,
  fixture: fixture('ambarella-part', 'sys.bin'),
  needsItsEnd: 'there is one content only',
})
