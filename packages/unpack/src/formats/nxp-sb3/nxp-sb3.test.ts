import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture, keyOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { nxpSb3 } from './index.ts'

const KEY = keyOf('nxp-sb3', 'pck.txt')
const SHORT = keyOf('nxp-sb3', 'short.txt')

function read(name: string, keys: readonly (typeof KEY)[] = []) {
  const image = fixture('nxp-sb3', `${name}.sb3`)
  const all = Buffer.concat([image, Buffer.alloc(64, 0xff)])
  const { region, contents, problems } = collect(nxpSb3, all, undefined, keys)
  expect(region).toEqual({ start: 0, end: image.length })
  const json = (path: string) => JSON.parse(contents.get(path)?.toString() ?? '')
  return { contents, problems, json }
}

describe('nxp-sb3', () => {
  it.each([
    ['update', [SHORT, KEY]],
    ['plain', []],
  ])('lists the commands of %s, with what they load', (name, keys) => {
    const { contents, problems, json } = read(name, keys)
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual([
      'sb.json',
      'signature',
      'commands.json',
      'load-1-0x00000000.bin',
      'program-fuses-2-0x00000010.bin',
      'load-cmac-4-0x00009000.bin',
    ])
    expect(contents.get('load-1-0x00000000.bin')).toHaveLength(0x140)
    expect(contents.get('load-1-0x00000000.bin')?.readUInt32LE(0)).toBe(0x20008000)
    expect(contents.get('program-fuses-2-0x00000010.bin')?.toString('hex')).toBe('341200007856000000000000')
    expect([...(contents.get('load-cmac-4-0x00009000.bin') ?? [])]).toEqual(
      Array.from({ length: 70 }, (_, at) => at),
    )
    expect(json('commands.json')).toMatchObject([
      { command: 'erase', address: 0, length: 0x10000 },
      { command: 'load', content: 'load-1-0x00000000.bin' },
      { command: 'program-fuses', length: 3 },
      { command: 'fill-memory', address: 0x8000, words: [0xa5a5a5a5, 0, 0, 0] },
      { command: 'load-cmac', length: 70 },
      { command: 'copy', words: [0x20000000, 0, 0, 0] },
      { command: 'check-firmware-version', address: 1 },
      { command: 'execute', address: 0x101 },
    ])
  })

  it.each([
    ['p384', KEY],
    ['intermediate', KEY],
    ['short-key', SHORT],
  ])('derives the keys of %s', (name, key) => {
    const { contents, problems } = read(name, [key])
    expect(problems).toEqual([])
    expect(contents.get('load-1-0x00000000.bin')?.readUInt32LE(0)).toBe(0x20008000)
  })

  it('tells in clear who made it and with which keys', () => {
    const { contents, problems, json } = read('intermediate', [SHORT])
    expect(problems).toMatchObject([{ code: 'unsupported', path: 'blocks' }])
    expect([...contents.keys()]).toEqual(['sb.json', 'signature', 'blocks'])
    expect(json('sb.json')).toMatchObject({
      description: 'for the test',
      by: 'firmware',
      firmwareVersion: 5,
      created: expect.stringMatching(/^20[2-9]\d-/),
      hash: 'sha256',
      certificates: { rootKey: { curve: 'P-384' }, intermediateKey: { curve: 'P-256', constraints: 5 } },
      signatureBytes: 64,
    })
    expect(read('plain').json('sb.json').by).toBe('nxp')
  })

  it('follows the hashes from block to block', () => {
    const image = fixture('nxp-sb3', 'plain.sb3')
    image[image.length - 1] = 1
    expect(collect(nxpSb3, image).problems).toMatchObject([{ code: 'checksum', path: 'blocks' }])
  })

  it('tells an end that is not there', () => {
    const cut = fixture('nxp-sb3', 'plain.sb3').subarray(0, -300)
    const path = 'load-1-0x00000000.bin'
    expect(collect(nxpSb3, cut).problems).toMatchObject([
      { path: 'commands.json' },
      { code: 'truncated', path },
    ])
    expect(collect(nxpSb3, cut).contents.get(path)?.length).toBeLessThan(0x140)
    const { problems } = collect(nxpSb3, fixture('nxp-sb3', 'update.sb3').subarray(0, -300))
    expect(problems).toMatchObject([{ code: 'truncated' }, { code: 'unsupported' }])
  })
})

hostileSuite({ format: nxpSb3, fixture: fixture('nxp-sb3', 'update.sb3') })
hostileSuite({ format: nxpSb3, fixture: fixture('nxp-sb3', 'plain.sb3') })
