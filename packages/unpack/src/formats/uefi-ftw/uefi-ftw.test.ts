import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { uefiFtw } from './index.ts'

describe('uefi-ftw', () => {
  it.each(['ovmf.bin', 'aavmf.bin'])('accounts for the header of %s', (name) => {
    const flash = Buffer.concat([Buffer.alloc(64, 0xff), fixture('uefi-ftw', name), Buffer.alloc(64, 0xff)])
    expect(uefiFtw.recognise(memoryBytes(flash), 64)).toEqual({ start: 64, end: 96 })
  })

  it('takes a state that was changed in flash', () => {
    const header = fixture('uefi-ftw', 'ovmf.bin')
    header[20] = 0xfc
    expect(uefiFtw.recognise(memoryBytes(header), 0)).toEqual({ start: 0, end: 32 })
  })

  it.each(fixturesOf('uefi-ftw', 'negative'))('refuses $name', ({ content }) => {
    expect(uefiFtw.recognise(memoryBytes(content), 0)).toBeUndefined()
  })
})

hostileSuite({ format: uefiFtw, fixture: fixture('uefi-ftw', 'ovmf.bin') })
