import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture, fixturesOf, keyOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { cpio } from '../cpio/index.ts'
import { describedFiles, parseSettings, type Setting } from './description.ts'
import { swupdate } from './index.ts'

const ROOTFS = lines(1, 800)
const SCRIPT = '#!/bin/sh\nexit 0\n'

describe('swupdate', () => {
  it('lists a signed image, in which everything is as the description says', () => {
    const { contents, problems } = collect(swupdate, fixture('swupdate', 'signed.swu'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['sw-description', 'sw-description.sig', 'rootfs.bin', 'post.sh'])
    expect(contents.get('rootfs.bin')?.toString()).toBe(ROOTFS)
    expect(contents.get('post.sh')?.toString()).toBe(SCRIPT)
  })

  it.each(['signed.swu', 'json.swu'])('tells a member of %s that differs', (name) => {
    const image = fixture('swupdate', name)
    image.write('9', image.indexOf('\n100\n') + 1)
    const { problems } = collect(swupdate, image)
    expect(problems).toContainEqual(expect.objectContaining({ code: 'checksum', path: 'rootfs.bin' }))
  })

  it('tells a file that is described, but not there', () => {
    const image = fixture('swupdate', 'json.swu')
    image.write('R', image.indexOf('"rootfs.bin"') + 1)
    expect(collect(swupdate, image).problems).toMatchObject([{ code: 'structure', path: 'Rootfs.bin' }])
  })

  it.each(['encrypted.swu', 'encrypted-description.swu'])('decrypts %s with its key', (name) => {
    const image = fixture('swupdate', name)
    const { entries, contents, problems } = collect(swupdate, image, undefined, [
      keyOf('swupdate', 'other.key'),
      keyOf('swupdate', 'aes.key'),
    ])
    expect(problems).toEqual([])
    expect(contents.get('sw-description')?.toString()).toMatch(/^software = \{ images: /)
    expect(contents.get('rootfs.bin')?.toString()).toBe(ROOTFS)
    expect(contents.get('post.sh')?.toString()).toBe(SCRIPT)
    expect(entries).toHaveLength(3)
  })

  it('shows what is encrypted as it is stored where no key fits', () => {
    const image = fixture('swupdate', 'encrypted.swu')
    const { contents, problems } = collect(swupdate, image, undefined, [keyOf('swupdate', 'other.key')])
    expect(problems.map(({ code, path }) => [code, path])).toEqual([
      ['unsupported', 'rootfs.bin'],
      ['unsupported', 'post.sh'],
    ])
    expect(contents.get('post.sh')).toHaveLength(32)
    const hidden = collect(swupdate, fixture('swupdate', 'encrypted-description.swu'))
    expect(hidden.problems).toMatchObject([{ code: 'unsupported', path: 'sw-description' }])
    expect(hidden.contents.size).toBe(3)
  })

  it('does not miss what is cut off', () => {
    const { problems } = collect(swupdate, fixture('swupdate', 'json.swu').subarray(0, 600))
    expect(problems.map(({ code }) => code)).toEqual(['truncated', 'truncated'])
  })

  it('leaves other archives to cpio', () => {
    const second = fixturesOf('swupdate', 'negative').find(({ name }) => name === 'second.cpio')
    expect(cpio.recognise(memoryBytes(second?.content as Buffer), 0)).toBeDefined()
    expect(cpio.recognise(memoryBytes(fixture('swupdate', 'json.swu')), 0)).toBeUndefined()
  })
})

describe('descriptions', () => {
  function settingOf(text: string): Setting | undefined {
    return parseSettings(text).members.get('a')
  }

  it('have the values of libconfig and of JSON', () => {
    expect(settingOf('a = "x\\n\\"\\x41" "y" // more\n "z";')).toBe('x\n"Ayz')
    expect(settingOf('{"a": "\\u0041"}')).toBe('A')
    expect([settingOf('a: 0x10'), settingOf('a = 5L;'), settingOf('a = -1.5e3')]).toEqual([16, 5, -1500])
    expect([settingOf('a = TRUE'), settingOf('{"a": false}'), settingOf('{"a": null}')]).toEqual([
      true,
      false,
      null,
    ])
    expect(settingOf('a = ( 1, [ 2 ], ("x"), );')).toEqual([1, [2], ['x']])
    expect(parseSettings('/* only a comment').members.size).toBe(0)
  })

  it.each([
    'a',
    'a = ',
    'a = {',
    'a = (',
    'a = "x',
    '= 1',
    'a = 1; }',
    'a = \u0001',
    `a = ${'('.repeat(100)}`,
  ])('refuse %j', (text) => {
    expect(() => parseSettings(text)).toThrow('sw-description')
  })

  it('name files at any depth, in their order', () => {
    const text =
      's = { x = { y: ( { filename = "1"; }, { filename = "2"; sha256 = "@macro"; } ); }; filename = "3"; }'
    expect(describedFiles(parseSettings(text)).map(({ filename }) => filename)).toEqual(['1', '2', '3'])
  })
})

for (const { content } of fixturesOf('swupdate', 'positive'))
  hostileSuite({ format: swupdate, fixture: content })
