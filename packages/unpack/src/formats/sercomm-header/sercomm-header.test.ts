import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { sercommHeader } from './index.ts'

describe('sercomm-header', () => {
  it('is recognised in front of an image, and ends there', () => {
    for (const { name, content } of fixturesOf('sercomm-header', 'positive')) {
      const image = memoryBytes(Buffer.concat([content, Buffer.from('HDR0')]))
      expect(sercommHeader.recognise(image, 0), name).toEqual({ start: 0, end: 512 })
    }
  })
})

hostileSuite({ format: sercommHeader, fixture: fixture('sercomm-header', 'header.bin') })
