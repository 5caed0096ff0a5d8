import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { h3cVfs } from './index.ts'

const IMAGE = fixture('h3c-vfs', 'vfs.bin')

describe('h3c-vfs', () => {
  it('follows the chain of a file', () => {
    const { contents, problems, region } = collect(h3cVfs, IMAGE)
    expect(problems).toEqual([])
    expect(region).toEqual({ start: 0, end: 2 * 64 * 1024 })
    expect([...contents.keys()]).toEqual(['kernel.bin'])
    expect(contents.get('kernel.bin')?.toString()).toBe('a line of a kernel\n'.repeat(4000))
  })

  it('tells a chain that ends early, and stands one that goes in circles', () => {
    const cut = Buffer.from(IMAGE)
    cut.fill(0xff, 8 * 20, 8 * 20 + 8)
    const { contents, problems } = collect(h3cVfs, cut)
    expect(problems).toMatchObject([{ code: 'structure', path: 'kernel.bin' }])
    // What is announced behind the chain is nowhere.
    expect(contents.get('kernel.bin')).toHaveLength(18 * 1024)
    const circle = Buffer.from(IMAGE)
    circle.writeUInt32BE(0xff000002, 8 * 20 + 4)
    expect(collect(h3cVfs, circle).problems).toMatchObject([{ code: 'structure', path: 'kernel.bin' }])
  })
})

hostileSuite({ format: h3cVfs, fixture: IMAGE, needsItsEnd: 'there is one content only' })
