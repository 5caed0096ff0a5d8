import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { rockchipIdb } from './index.ts'
import { parseRockchipIdb } from './parse.ts'
import { parseRockchipIdbV1 } from './parse-v1.ts'

describe('rockchip-idb', () => {
  it.each(['hashes.img', 'signed.img'])('gives the images of %s', (name) => {
    const image = fixture('rockchip-idb', name)
    const { region, contents, problems } = collect(
      rockchipIdb,
      Buffer.concat([image, Buffer.alloc(512, 0xff)]),
    )
    expect(problems).toEqual([])
    expect(region.end).toBe(image.length)
    expect(contents.get('image-1')?.toString('latin1', 0, 6)).toBe('1\n2\n3\n')
    expect(contents.get('image-2')?.toString('latin1', 0, 4)).toBe('500\n')
  })

  it.each(['v1.img', 'v1-hidden.img'])('gives the images of an older header: %s', (name) => {
    const image = fixture('rockchip-idb', name)
    const { region, contents, problems } = collect(
      rockchipIdb,
      Buffer.concat([image, Buffer.alloc(512, 0xff)]),
    )
    expect(problems).toEqual([])
    expect(region.end).toBe(image.length)
    expect([...contents.keys()]).toEqual(['image-1', 'image-2'])
    expect(contents.get('image-1')?.length).toBe(2048)
  })

  it('puts images together that are spread over serial flash', () => {
    const image = fixture('rockchip-idb', 'v1-spread.img')
    const { region, contents, problems } = collect(
      rockchipIdb,
      Buffer.concat([image, Buffer.alloc(512, 0xff)]),
    )
    const plain = collect(rockchipIdb, fixture('rockchip-idb', 'v1.img')).contents
    expect([problems, region.end]).toEqual([[], image.length])
    expect(contents).toEqual(plain)
    expect(parseRockchipIdbV1(memoryBytes(image), 0)).toMatchObject({ spread: true, tag: 'RK33' })
    expect(collect(rockchipIdb, image.subarray(0, 10_000)).problems).toMatchObject([
      { code: 'truncated', path: 'image-2' },
    ])
  })

  it('puts images of newer headers together that are spread so', () => {
    const image = fixture('rockchip-idb', 'spread.img')
    const { region, contents, problems } = collect(
      rockchipIdb,
      Buffer.concat([image, Buffer.alloc(512, 0xff)]),
    )
    expect([problems, region.end]).toEqual([[], image.length])
    const idb = parseRockchipIdb(memoryBytes(image), 0)
    expect(idb?.spread).toBe(true)
    // The header has the digest of each.
    expect([...contents.values()].map((content) => createHash('sha256').update(content).digest())).toEqual(
      idb?.images.map(({ digest }) => Buffer.from(digest)),
    )
  })

  it('takes an offset that stands there twice', () => {
    const { region, contents, problems } = collect(rockchipIdb, fixture('rockchip-idb', 'v1-twice.img'))
    expect(problems).toEqual([])
    expect(region.end).toBe(8192)
    expect([...contents].map(([name, { length }]) => [name, length])).toEqual([
      ['image-1', 4096],
      ['image-2', 2048],
    ])
  })

  it('tells the kind of the processor, deciphered where it is hidden', () => {
    const kindOf = (name: string) => {
      const idb = parseRockchipIdbV1(memoryBytes(fixture('rockchip-idb', name)), 0)
      return [idb?.tag, idb?.hidden]
    }
    expect(kindOf('v1.img')).toEqual(['RK33', false])
    expect(kindOf('v1-hidden.img')).toEqual(['RK31', true])
  })

  it('takes no room for an image', () => {
    const { region, contents } = collect(rockchipIdb, fixture('rockchip-idb', 'v1-room.img'))
    expect([...contents.keys()]).toEqual(['image-1'])
    expect(region.end).toBe(4096)
  })

  it.each(['v1-flag.img', 'v1-zeros.img', 'v1-sizes.img'])(
    'takes no header whose fields disagree: %s',
    (name) => {
      const image = readFileSync(new URL(`./fixtures/negative/${name}`, import.meta.url))
      expect(rockchipIdb.recognise(memoryBytes(image), 0)).toBeUndefined()
    },
  )

  it('tells an end that is not there', () => {
    const { problems } = collect(rockchipIdb, fixture('rockchip-idb', 'hashes.img').subarray(0, 5000))
    expect(problems).toMatchObject([{ code: 'truncated' }])
  })
})

hostileSuite({ format: rockchipIdb, fixture: fixture('rockchip-idb', 'hashes.img') })
hostileSuite({ format: rockchipIdb, fixture: fixture('rockchip-idb', 'v1.img') })
hostileSuite({ format: rockchipIdb, fixture: fixture('rockchip-idb', 'v1-spread.img') })
