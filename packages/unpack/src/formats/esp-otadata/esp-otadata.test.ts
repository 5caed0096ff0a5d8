import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { espOtadata } from './index.ts'

function summaryOf(image: Buffer): unknown {
  const { contents, problems } = collect(espOtadata, image)
  expect(problems).toEqual([])
  return JSON.parse(contents.get('otadata.json')?.toString() ?? '')
}

describe('esp-otadata', () => {
  it('tells both entries and which one counts', () => {
    expect(summaryOf(fixture('esp-otadata', 'both.bin'))).toEqual({
      entries: [
        { sequence: 5, state: 'valid' },
        { sequence: 6, state: 'pending-verify' },
      ],
      sequence: 6,
    })
  })

  it('knows a single entry', () => {
    expect(summaryOf(fixture('esp-otadata', 'first.bin'))).toEqual({
      entries: [{ sequence: 1, state: 'undefined' }, null],
      sequence: 1,
    })
  })

  it('is sought at the starts of sectors', () => {
    const flash = memoryBytes(Buffer.concat([Buffer.alloc(8192), fixture('esp-otadata', 'first.bin')]))
    expect([...(espOtadata.candidates?.(flash, { start: 100, end: flash.size }) ?? [])]).toContain(8192)
    expect(espOtadata.recognise(flash, 8192)).toEqual({ start: 8192, end: 16384 })
  })

  it('does not begin with the erased sector before it', () => {
    const both = fixture('esp-otadata', 'both.bin')
    const flash = memoryBytes(Buffer.concat([Buffer.alloc(8192, 0xff), both]))
    const sought = [...(espOtadata.candidates?.(flash, { start: 4096, end: flash.size }) ?? [])]
    expect(sought[0]).toBe(8192)
    const second = memoryBytes(Buffer.concat([Buffer.alloc(4096, 0xff), both.subarray(0, 4096)]))
    expect([...(espOtadata.candidates?.(second, { start: 0, end: second.size }) ?? [])]).toContain(0)
  })
})

hostileSuite({
  format: espOtadata,
  fixture: fixture('esp-otadata', 'both.bin'),
  needsItsEnd: 'both sectors have to be there to tell it from other bytes',
})
