import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { dniHeader } from './index.ts'

/** As the tools write it: the header, the image, and what is missing from 255. */
function update(header: Buffer, image: string): Buffer {
  const file = Buffer.concat([header, Buffer.from(image)])
  return Buffer.concat([file, Buffer.of(0xff - (file.reduce((sum, byte) => sum + byte, 0) & 0xff))])
}

describe('dni-header', () => {
  it('holds the image where a file begins with it, and ends with its checksum', () => {
    for (const { name, content } of fixturesOf('dni-header', 'positive')) {
      const { region, contents, problems } = collect(dniHeader, update(content, 'HDR0'))
      expect(region, name).toEqual({ start: 0, end: 133 })
      expect(problems, name).toEqual([])
      expect(contents.get('firmware')?.toString(), name).toBe('HDR0')
    }
  })

  it('tells a sum that differs', () => {
    const file = update(fixture('dni-header', 'header.bin'), 'HDR0')
    file[130] = 0
    expect(collect(dniHeader, file).problems).toMatchObject([{ code: 'checksum' }])
  })

  it('is the header only where it lies within other bytes', () => {
    const file = Buffer.concat([Buffer.alloc(64), update(fixture('dni-header', 'header.bin'), 'HDR0')])
    expect(dniHeader.recognise(memoryBytes(file), 64)).toEqual({ start: 64, end: 192 })
  })
})

hostileSuite({
  format: dniHeader,
  fixture: fixture('dni-header', 'buffalo.bin'),
  needsItsEnd: 'it is the header only',
})
