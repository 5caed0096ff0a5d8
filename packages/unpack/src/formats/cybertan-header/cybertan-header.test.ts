import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { cybertanHeader } from './index.ts'

describe('cybertan-header', () => {
  it('is recognised in front of an image, and ends there', () => {
    for (const { name, content } of fixturesOf('cybertan-header', 'positive')) {
      const image = memoryBytes(Buffer.concat([content, Buffer.from('HDR0')]))
      expect(cybertanHeader.recognise(image, 0), name).toEqual({ start: 0, end: 32 })
    }
  })
})

hostileSuite({ format: cybertanHeader, fixture: fixture('cybertan-header', 'header.bin') })
