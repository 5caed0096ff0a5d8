import { describe, expect, it } from 'vitest'
import { Growing } from './growing.ts'
import { RATIO_FLOOR } from './limits.ts'

describe('a growing content', () => {
  it('collects chunks in order and can be read by other threads', () => {
    const growing = new Growing(1_000_000, 10, 100)
    for (let i = 0; i < 50; i++) growing.write(Buffer.alloc(10_000, i))
    expect(growing.length).toBe(500_000)
    expect(growing.content()[499_999]).toBe(49)
    expect(growing.content().buffer).toBeInstanceOf(SharedArrayBuffer)
  })

  it('stops at its own size', () => {
    const growing = new Growing(1000, 10, 100)
    growing.write(Buffer.alloc(1000))
    expect(() => growing.write(Buffer.alloc(1))).toThrow(expect.objectContaining({ limit: 'artefact' }))
    expect(growing.length).toBe(1000)
  })

  it('stops a bomb by its ratio, once it is large', () => {
    const growing = new Growing(2 * RATIO_FLOOR, 1, 2)
    const chunk = Buffer.alloc(RATIO_FLOOR / 4)
    for (let i = 0; i < 4; i++) growing.write(chunk)
    expect(() => growing.write(Buffer.alloc(1))).toThrow(expect.objectContaining({ limit: 'ratio' }))
  })
})
