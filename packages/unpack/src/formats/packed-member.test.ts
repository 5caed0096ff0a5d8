import { crc32 } from 'node:zlib'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import type { ContainerFormat } from '../contract.ts'
import { collect } from '../testing/collect.ts'
import { wrapped } from './members.ts'
import { addCrc32, asStored, packedBytes, showPacked } from './packed-member.ts'

const MIB = 1024 * 1024

/** One member, packed as it is. */
function storing(size: number, told: number): ContainerFormat<number> {
  return {
    ...{ kind: 'container', name: 'one', title: 'One', references: [], limits: [], magic: [], carve: false },
    recognise: (bytes) => ({ start: 0, end: bytes.size }),
    open: () => [{ cost: 1, entries: 1, plan: 0 }],
    read: (bytes, _region, at, sink) =>
      showPacked(bytes, wrapped('one'), { at, packed: size, size }, asStored, { told, add: addCrc32 }, sink),
  }
}

describe('a packed content', () => {
  const content = Buffer.alloc(17 * MIB, 'longer than one view may be ')

  it('is read where it is longer than a view', () => {
    const { contents, problems } = collect(storing(content.length, crc32(content)), content)
    expect(problems).toEqual([])
    expect(contents.get('one')?.equals(content)).toBe(true)
  })

  it('is told where it is too large to be held', () => {
    const { contents, problems } = collect(storing(257 * MIB, 0), content)
    expect(problems).toMatchObject([{ code: 'unsupported', message: expect.stringMatching(/256 MiB/) }])
    expect(contents.size).toBe(0)
  })

  it('ends where the bytes end', () => {
    expect(packedBytes(memoryBytes(Buffer.from('abc')), { at: 1, packed: 9 })).toHaveLength(2)
    expect(packedBytes(memoryBytes(Buffer.from('abc')), { at: 5, packed: 9 })).toHaveLength(0)
  })
})
