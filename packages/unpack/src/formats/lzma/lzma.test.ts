import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { streamSuite } from '../../testing/streams.ts'
import { lzma } from './index.ts'

describe('lzma', () => {
  streamSuite(lzma, () => false)

  it('takes no short content within others: tables of numbers look like its header', () => {
    // Out of a compiled terminal description of ncurses.
    const table = Buffer.from('6c00000001020000000000000000000030060000080000000081a80008000000', 'hex')
    expect(lzma.recognise(memoryBytes(Buffer.concat([Buffer.alloc(7), table])), 7)).toBe(false)
    const header = Buffer.from('5d00008000400000000000000000', 'hex')
    expect(lzma.recognise(memoryBytes(Buffer.concat([Buffer.alloc(7), header])), 7)).toBe(true)
  })
})
