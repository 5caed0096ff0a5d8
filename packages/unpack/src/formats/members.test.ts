import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { crc32Of, inBatches, isZero, typeOfMode } from './members.ts'

const MIB = 1024 * 1024

function sizes(costs: readonly number[]): readonly number[] {
  return [...inBatches(costs, (cost) => cost)].map(({ entries }) => entries)
}

describe('batches of members', () => {
  it('end when they are worth their way, by bytes or by members', () => {
    expect(sizes([])).toEqual([])
    expect(sizes([MIB, MIB, MIB, 5 * MIB, 1])).toEqual([2, 2, 1])
    expect(sizes(Array.from({ length: 2500 }, () => 0))).toEqual([1000, 1000, 500])
  })

  it('come one by one, so that the first is at work before the last is listed', () => {
    let listed = 0
    const batches = inBatches(
      (function* () {
        for (;;) yield listed++
      })(),
      () => MIB,
    )
    expect(batches.next().value).toEqual({ cost: 2 * MIB, entries: 2, plan: [0, 1] })
    expect(listed).toBe(2)
  })
})

describe('stretches of bytes', () => {
  it('have a CRC however long they are', () => {
    const bytes = memoryBytes(Buffer.alloc(20 * MIB + 3, '123456789'))
    expect(crc32Of(bytes, 0, 9)).toBe(0xcbf43926)
    expect(crc32Of(bytes, 9, 20 * MIB - 9)).not.toBe(crc32Of(bytes, 9, 20 * MIB - 18))
  })

  it('are zero or not, to the last byte and over the end', () => {
    const content = Buffer.alloc(MIB)
    const bytes = memoryBytes(content)
    expect(isZero(bytes, 0, 2 * MIB)).toBe(true)
    content[MIB - 1] = 1
    expect(isZero(bytes, 0, MIB)).toBe(false)
    expect(isZero(bytes, 0, MIB - 1)).toBe(true)
  })
})

it('types of Unix modes are known or refused', () => {
  expect([0o100644, 0o040755, 0o120777, 0o140000, 0o644].map(typeOfMode)).toEqual([
    'file',
    'directory',
    'symlink',
    'socket',
    'file',
  ])
  expect(typeOfMode(0o070000)).toBeUndefined()
})
