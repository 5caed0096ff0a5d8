import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { gbl4 } from './index.ts'

const PROGRAM = Buffer.from(Array.from({ length: 1200 }, (_, index) => (index * 7 + 3) & 255))

describe('gbl4', () => {
  it('gives sections, what is signed with them, and what the manifest says', () => {
    const { contents, problems } = collect(gbl4, fixture('gbl4', 'bundle.gbl'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual([
      'gbl.json',
      'certificate',
      'content-hash',
      'signature',
      'se-upgrade',
      'section-0',
      'section-1',
    ])
    expect(contents.get('section-0')?.equals(PROGRAM)).toBe(true)
    expect(contents.get('section-1')?.toString()).toBe('more')
    expect(contents.get('se-upgrade')?.toString()).toBe('sealed')
    expect(JSON.parse(contents.get('gbl.json')?.toString() ?? '')).toEqual({
      manifest: { version: 1, features: ['signed'] },
      bundle: { productId: '11'.repeat(16), version: 3, leastVersion: 2 },
      secureElement: { version: 0x20203 },
      updates: [
        { memory: 1, size: 1200, address: 0x1000000, type: 8, version: 0x10002, capabilities: 0 },
        { memory: 1, size: 4, address: 0x1100000, type: 8, version: 0x10002, capabilities: 0 },
      ],
      sections: [0, 1].map(() => ({
        compression: 0,
        encryption: 0,
        secureBoot: 1,
        blockSize: 4096,
        blocks: 0,
      })),
    })
  })

  it('names a tag that it does not know', () => {
    const image = fixture('gbl4', 'bundle.gbl')
    image.writeUInt32LE(0x12345678, image.indexOf('sealed') - 8)
    expect([...collect(gbl4, image).contents.keys()]).toContain('tag-0x12345678')
  })

  it('refuses tags that hold each other without an end', () => {
    const depth = 5000
    const image = Buffer.alloc(8 + depth * 8)
    image.writeUInt32LE(0x84a617eb, 0)
    image.writeUInt32LE(depth * 8, 4)
    for (let index = 0; index < depth; index++) {
      image.writeUInt32LE(0xba01013a, 8 + index * 8)
      image.writeUInt32LE((depth - 1 - index) * 8, 12 + index * 8)
    }
    expect(gbl4.recognise(memoryBytes(image), 0)).toBeUndefined()
  })

  it('tells what is cut off', () => {
    const { problems, contents } = collect(gbl4, fixture('gbl4', 'bundle.gbl').subarray(0, 1200))
    expect(problems).toMatchObject([{ code: 'truncated' }, { code: 'truncated', path: 'section-0' }])
    expect(contents.get('section-0')?.length).toBeGreaterThan(100)
  })
})

hostileSuite({ format: gbl4, fixture: fixture('gbl4', 'bundle.gbl') })
