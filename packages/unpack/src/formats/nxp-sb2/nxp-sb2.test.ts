import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture, keyOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { nxpSb2 } from './index.ts'

const KEY = keyOf('nxp-sb2', 'kek.txt')
const CLEAR = ['sb.json', 'certificate-0.der', 'certificate-1.der', 'signature']
const OPENED = [...CLEAR, 'commands.json', 'load-1-0x00000000.bin', 'load-3-0x00009000.bin']

function read(image: Buffer, keys: readonly (typeof KEY)[]) {
  return collect(nxpSb2, image, undefined, keys)
}

describe('nxp-sb2', () => {
  it.each(['update', 'digest'])('opens %s with its key, to its end', (name) => {
    const image = fixture('nxp-sb2', `${name}.sb2`)
    const { region, contents, problems } = read(Buffer.concat([image, Buffer.alloc(64, 0xff)]), [KEY])
    expect(region).toEqual({ start: 0, end: image.length })
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(OPENED)
    expect(contents.get('load-1-0x00000000.bin')).toHaveLength(0x140)
    expect(contents.get('load-1-0x00000000.bin')?.readUInt32LE(0)).toBe(0x20008000)
    expect([...(contents.get('load-3-0x00009000.bin') ?? [])]).toEqual(
      Array.from({ length: 64 }, (_, at) => at),
    )
    expect(JSON.parse(contents.get('commands.json')?.toString() ?? '')).toMatchObject([
      { section: 0, command: 'erase', address: 0, count: 0x10000 },
      { command: 'load', address: 0, content: 'load-1-0x00000000.bin' },
      { command: 'fill', address: 0x8000, data: 0xa5a5a5a5 },
      { command: 'load', address: 0x9000 },
      { command: 'jump', address: 0x101, count: 0x20008000, data: 7 },
      { section: 1, command: 'fill' },
    ])
  })

  it('tells versions and root keys, and that all else is encrypted', () => {
    const other = { name: 'other', bytes: Buffer.alloc(32) }
    const { contents, problems } = read(fixture('nxp-sb2', 'update.sb2'), [other])
    expect(problems).toMatchObject([{ code: 'unsupported', path: 'sections' }])
    expect([...contents.keys()]).toEqual([...CLEAR, 'sections'])
    expect(JSON.parse(contents.get('sb.json')?.toString() ?? '')).toMatchObject({
      productVersion: '1.2.3',
      buildNumber: 7,
      created: expect.stringMatching(/^20[2-9]\d-/),
      certificates: { chain: 2, rootKeyHashes: [expect.any(String)] },
      signatureBytes: 256,
    })
  })

  it('compares HMACs, CRCs and the digest', () => {
    const image = fixture('nxp-sb2', 'digest.sb2')
    const changed = (at: number) => {
      const copy = Buffer.from(image)
      copy[at] = (copy[at] as number) ^ 1
      return read(copy, [KEY]).problems
    }
    const sections = image.length - (16 + 32 + 32 + 16 * 4 + 0x140 + 64 + 16 + 16 + 32 + 32 + 16)
    expect(changed(sections + 16)).toMatchObject([
      { code: 'checksum', path: 'sections' },
      { code: 'checksum', path: 'commands.json' },
    ])
    expect(changed(sections + 16 + 64)).toMatchObject([
      { path: 'sections' },
      { code: 'structure', path: 'commands.json' },
    ])
    expect(changed(sections + 16 + 64 + 32 + 5)).toMatchObject([
      { path: 'sections' },
      { code: 'checksum', path: 'load-1-0x00000000.bin' },
    ])
  })

  it('tells an end that is not there', () => {
    const cut = fixture('nxp-sb2', 'update.sb2').subarray(0, -100)
    expect(read(cut, []).problems).toMatchObject([{ code: 'truncated' }, { code: 'unsupported' }])
    expect(read(cut, [KEY]).problems).toMatchObject([{ code: 'truncated', path: 'commands.json' }])
    const { contents, problems } = read(fixture('nxp-sb2', 'update.sb2').subarray(0, -500), [KEY])
    expect(problems).toMatchObject([{ path: 'commands.json' }, { path: 'load-1-0x00000000.bin' }])
    expect(contents.get('load-1-0x00000000.bin')?.length).toBeLessThan(0x140)
  })
})

hostileSuite({ format: nxpSb2, fixture: fixture('nxp-sb2', 'update.sb2') })
