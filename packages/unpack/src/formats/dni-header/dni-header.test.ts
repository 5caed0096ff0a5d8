import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { dniHeader } from './index.ts'

describe('dni-header', () => {
  it('is recognised in front of an image, and ends there', () => {
    for (const { name, content } of fixturesOf('dni-header', 'positive')) {
      const image = memoryBytes(Buffer.concat([content, Buffer.from('HDR0')]))
      expect(dniHeader.recognise(image, 0), name).toEqual({ start: 0, end: 128 })
    }
  })
})

hostileSuite({ format: dniHeader, fixture: fixture('dni-header', 'header.bin') })
