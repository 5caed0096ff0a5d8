import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collectStream } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { endOfBlock } from './block.ts'
import { xalz } from './index.ts'

describe('xalz', () => {
  it('unpacks an assembly, and knows where it ends', () => {
    const image = fixture('xalz', 'numbers.dll')
    const bytes = memoryBytes(Buffer.concat([image, Buffer.alloc(50, 0xa5)]))
    expect(xalz.recognise(bytes, 0)).toBe(true)
    const { content, end } = collectStream((write) => xalz.decode(bytes, 0, write))
    expect(content.toString()).toBe(lines(1, 300))
    expect(end).toEqual({ end: image.length, checksum: 'none' })
  })

  it('refuses blocks that break off, reach back too far or give too much', () => {
    const literals = Buffer.from('\x50hello', 'latin1')
    expect(endOfBlock(literals, 5)).toBe(6)
    expect(endOfBlock(literals, 4)).toBeUndefined()
    expect(endOfBlock(literals, 6)).toBeUndefined()
    expect(endOfBlock(Buffer.from('\x50hell', 'latin1'), 5)).toBeUndefined()
    const match = (offset: number) => Buffer.from([0x10, 0x61, offset, 0, 0x10, 0x62])
    expect(endOfBlock(match(1), 6)).toBe(6)
    expect(endOfBlock(match(2), 6)).toBeUndefined()
    expect(endOfBlock(match(0), 6)).toBeUndefined()
  })
})

hostileSuite({ format: xalz, fixture: fixture('xalz', 'numbers.dll') })
