import { expect, it } from 'vitest'
import { namesIn } from './tree.ts'

it('gives each name no more bytes than one can have, where all of them lead to the same ones', () => {
  const block = Buffer.alloc(4096, 'n')
  const count = 300
  for (let index = 0; index < count; index++) {
    block.writeBigUInt64LE(BigInt(100 + index), 12 * index)
    // Every second one begins where its block ends, so that the one before it reaches that far.
    block.writeUInt16LE(index % 2 === 0 ? 12 * count : 4096, 12 * index + 8)
    block.writeUInt16LE(0, 12 * index + 10)
  }
  const names = [...namesIn(block)].map(({ name }) => name.length)
  expect(names).toHaveLength(count)
  expect(Math.max(...names)).toBe(255)
})
