import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { endOfGroups } from './groups.ts'
import { bekenCrc } from './index.ts'

const PROGRAM = Array.from({ length: 300 }, (_, index) => `line ${index}\n`).join('')

describe('beken-crc', () => {
  it('gives the bytes without the CRCs between them', () => {
    const { contents, problems } = collect(bekenCrc, fixture('beken-crc', 'flash.bin'))
    expect(problems).toEqual([])
    const flash = contents.get('flash') as Buffer
    expect(flash.toString('latin1', 0, PROGRAM.length)).toBe(PROGRAM)
    expect(flash.subarray(-96).equals(fixture('rbl', 'plain.rbl').subarray(0, 96))).toBe(true)
  })

  it('decrypts the programs of modules of Tuya, whose numbers are published', () => {
    const { contents, problems } = collect(bekenCrc, fixture('beken-crc', 'encrypted.bin'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['flash', 'code-0x00000000.bin', 'code-0x00010000.bin'])
    expect(contents.get('code-0x00000000.bin')?.toString('latin1')).toMatch(
      /loader line 0\n[\s\S]*loader line 199\n\xff*$/,
    )
    expect(contents.get('code-0x00010000.bin')?.toString('latin1')).toMatch(
      /app line 0\n[\s\S]*app line 199\n\xff*$/,
    )
    expect(contents.get('flash')?.includes('line 1')).toBe(false)
  })

  it.each(['0123456789abcdeffedcba9876549950\n', Buffer.from('0123456789abcdeffedcba9876549950', 'hex')])(
    'decrypts others with their numbers',
    (given) => {
      const image = fixture('beken-crc', 'other-key.bin')
      expect([...collect(bekenCrc, image).contents.keys()]).toEqual(['flash'])
      const keys = [
        { name: 'wrong', bytes: Buffer.alloc(16, 7) },
        { name: 'right', bytes: Buffer.from(given) },
      ]
      const { contents, problems } = collect(bekenCrc, image, undefined, keys)
      expect(problems).toEqual([])
      expect(contents.get('code-0x00000000.bin')?.toString('latin1')).toContain('loader line 199\n')
    },
  )

  it('ends where the CRCs end', () => {
    const image = fixture('beken-crc', 'flash.bin')
    const settings = Buffer.concat([image, Buffer.alloc(340, 0xff), Buffer.alloc(340, 0x12)])
    expect(endOfGroups(memoryBytes(settings), 0)).toBe(image.length)
  })

  it('takes nothing erased for a dump', () => {
    expect(endOfGroups(memoryBytes(Buffer.alloc(100_000, 0xff)), 0)).toBeUndefined()
  })
})

hostileSuite({
  format: bekenCrc,
  fixture: fixture('beken-crc', 'flash.bin'),
  needsItsEnd: 'half a dump has half a content, which is another one',
})
