import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { intelHex } from './index.ts'
import { readHexFile } from './parse.ts'

const NUMBERS = Array.from({ length: 300 }, (_, index) => `${index + 1}\n`).join('')
const MORE = Array.from({ length: 41 }, (_, index) => `${index + 400}\n`).join('')

function textsOf(image: Buffer): readonly (readonly [string, string])[] {
  const { contents } = collect(intelHex, image)
  return [...contents].map(([path, content]) => [path, content.toString()])
}

/** A record, with its checksum. */
function record(type: number, offset: number, data: Buffer): string {
  const head = Buffer.from([data.length, offset >> 8, offset & 0xff, type])
  const sum = [...head, ...data].reduce((total, byte) => total + byte, 0)
  return `:${Buffer.concat([head, data, Buffer.from([-sum & 0xff])]).toString('hex')}\r\n`
}

describe('intel-hex', () => {
  it('gives each stretch, without filling what lies between', () => {
    const image = fixture('intel-hex', 'far.hex')
    expect(collect(intelHex, image).problems).toEqual([])
    expect(textsOf(image)).toEqual([
      ['0x08000000.bin', NUMBERS],
      ['0x08001000.bin', MORE],
      ['0xfffe0000.bin', 'far\n'],
    ])
    expect(readHexFile(memoryBytes(image), 0, image.length)?.startAddress).toBe(0x0800_0101)
  })

  it('knows segments, and what other tools write', () => {
    expect(textsOf(fixture('intel-hex', 'segmented.hex'))).toEqual([['0x00012340.bin', NUMBERS]])
    expect(textsOf(fixture('intel-hex', 'objcopy.hex'))).toEqual([['0x00000100.bin', MORE]])
  })

  it('tells what is told more than once; the last one counts', () => {
    const image = Buffer.from(
      record(0, 0x10, Buffer.from('abcdef')) +
        record(0, 0x13, Buffer.from('XYZ!')) +
        record(1, 0, Buffer.alloc(0)),
    )
    const { contents, problems } = collect(intelHex, image)
    expect(contents.get('0x00000010.bin')?.toString()).toBe('abcXYZ!')
    expect(problems).toMatchObject([{ code: 'structure', path: '0x00000010.bin' }])
    expect(problems[0]?.message).toContain('3 bytes are told more than once')
  })

  it('tells damaged records and reads the others', () => {
    const lines = fixture('intel-hex', 'objcopy.hex').toString('latin1').split('\n')
    lines[5] = (lines[5] as string).replace(/..\r?$/, '00\r')
    lines[6] = ':damaged'
    const { contents, problems } = collect(intelHex, Buffer.from(lines.join('\n')))
    expect(problems.map(({ code }) => code)).toEqual(['checksum', 'structure', 'truncated', 'truncated'])
    expect([...contents.keys()]).toEqual(['0x00000100.bin', '0x00000170.bin'])
  })

  it('tells when the end is missing', () => {
    const { contents, problems } = collect(intelHex, fixture('intel-hex', 'far.hex').subarray(0, 1000))
    expect(problems).toContainEqual(expect.objectContaining({ code: 'truncated', path: '0x08000000.bin' }))
    expect(NUMBERS.startsWith(contents.get('0x08000000.bin')?.toString() ?? '-')).toBe(true)
  })

  it('reads records over the borders of what is looked at in one go', () => {
    const part = Buffer.alloc(16, 0x61)
    const records = Array.from({ length: 4000 }, (_, index) => record(0, index * 16, part)).join('')
    const { contents } = collect(intelHex, Buffer.from(records + record(1, 0, Buffer.alloc(0))))
    expect(contents.get('0x00000000.bin')).toEqual(Buffer.alloc(64_000, 0x61))
  })
})

hostileSuite({ format: intelHex, fixture: fixture('intel-hex', 'far.hex') })
hostileSuite({ format: intelHex, fixture: fixture('intel-hex', 'objcopy.hex') })
