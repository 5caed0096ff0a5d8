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
