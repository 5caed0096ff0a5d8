import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { zynos } from './index.ts'

describe('zynos', () => {
  it.each([['object.bin', { object: lines(1, 300) }]])('gives what lies in %s', (name, held) => {
    const { contents, problems } = collect(zynos, fixture('zynos', name))
    expect(problems).toEqual([])
    expect(
      Object.fromEntries([...contents].map(([path, content]) => [path, content.toString('latin1')])),
    ).toEqual(held)
  })

  it.each([['object.bin', -1, 'object']] as const)(
    'tells a checksum that differs: %s, byte %i',
    (name, at, path) => {
      const image = fixture('zynos', name)
      const place = at < 0 ? image.length + at : at
      image[place] = (image[place] as number) ^ 1
      expect(collect(zynos, image).problems).toContainEqual(
        expect.objectContaining(path === undefined ? { code: 'checksum' } : { code: 'checksum', path }),
      )
    },
  )
})

/** Two bytes of its boot extension are what the header counts; its sum is over all. */
describe('zynos, as mkzynfw makes it', () => {
  const image = fixture('zynos', '../mark/mkzynfw.bin')

  it('gives what the header counts, and finds the sum of all right', () => {
    const { region, contents, problems } = collect(zynos, image)
    expect(region).toEqual({ start: 0, end: 50 })
    expect(contents.get('object')?.toString()).toBe('1\n')
    expect(problems).toEqual([])
  })

  it('tells that the sum of all differs, but not where erased flash follows', () => {
    expect(collect(zynos, Buffer.concat([image, Buffer.alloc(4096, 0xff)])).problems).toEqual([])
    const damaged = Buffer.from(image)
    damaged[60_000] = (damaged[60_000] as number) ^ 1
    expect(collect(zynos, damaged).problems).toMatchObject([{ code: 'checksum' }])
  })
})

hostileSuite({
  format: zynos,
  fixture: fixture('zynos', 'object.bin'),
  needsItsEnd: 'there is one content only',
})
