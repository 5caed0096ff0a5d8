import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { periodOf } from './table.ts'

it('finds the length of records', () => {
  for (const length of [2, 3, 8, 12, 20, 32]) {
    const table = Buffer.alloc(4096)
    for (let at = 0; at < table.length; at++) {
      const record = Math.floor(at / length)
      table[at] = at % length === 0 ? record & 0xff : (at % length) * 37
    }
    expect(periodOf(table), `${length}`).toBe(length)
  }
})

it('finds none in noise or in bytes that are all the same', () => {
  const noise = Buffer.concat(
    Array.from({ length: 128 }, (_, index) => createHash('sha256').update(`${index}`).digest()),
  )
  expect(periodOf(noise)).toBeUndefined()
  expect(periodOf(Buffer.alloc(4096, 7))).toBeUndefined()
})
