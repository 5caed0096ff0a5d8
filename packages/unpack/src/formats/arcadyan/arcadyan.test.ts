import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collectStream } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { arcadyan } from './index.ts'

describe('arcadyan', () => {
  it('puts the blocks in order and unpacks', () => {
    const image = fixture('arcadyan', 'image.bin')
    const bytes = memoryBytes(Buffer.concat([Buffer.alloc(7), image, Buffer.alloc(7)]))
    expect(arcadyan.recognise(bytes, 7)).toBe(true)
    const { content, end } = collectStream((write) => arcadyan.decode(bytes, 7, write))
    expect(content.toString()).toBe(lines(1, 3000))
    expect(end.problem).toBeUndefined()
    expect(end.end).toBeGreaterThan(image.length - 7)
    expect(end.end).toBeLessThanOrEqual(7 + image.length)
  })
})

hostileSuite({ format: arcadyan, fixture: fixture('arcadyan', 'image.bin') })
