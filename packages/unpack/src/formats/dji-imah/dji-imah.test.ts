import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { djiImah } from './index.ts'

const UFIE_2019_11 = 'ad45cd8213fb7e255dbe454170bc11a0'

/** Where the name of the key stands. */
const KEY_NAME_AT = 44

function named(name: string): Buffer {
  const image = fixture('dji-imah', 'v2.sig')
  image.write(name, KEY_NAME_AT, 'latin1')
  // The sum of what is stored covers the name.
  const change = image.readUInt32LE(KEY_NAME_AT) - Buffer.from('UFIE').readUInt32LE()
  image.writeUInt32LE((image.readUInt32LE(108) - change) >>> 0, 108)
  return image
}

describe('dji-imah', () => {
  it.each(['v0.sig', 'v1.sig', 'v2.sig', 'plain.sig'])('gives the chunks of %s', (name) => {
    const { contents, problems } = collect(djiImah, fixture('dji-imah', name))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['0100', '0200', '0300', 'signature'])
    expect([...contents.values()].slice(0, 3).map(String)).toEqual([
      lines(1, 150),
      lines(1, 90),
      lines(1, 40),
    ])
    expect(contents.get('signature')).toHaveLength(256)
  })

  it('shows what no published key fits as it is, and decrypts it with one that is handed in', () => {
    const { contents, problems } = collect(djiImah, named('ACME'))
    expect(problems).toEqual([
      { code: 'unsupported', message: 'encrypted with ACME', path: '0100' },
      { code: 'unsupported', message: 'encrypted with ACME', path: '0200' },
    ])
    expect(String(contents.get('0300'))).toBe(lines(1, 40))
    const keys = [{ name: 'dji.key', bytes: Buffer.from(UFIE_2019_11, 'hex') }]
    expect(String(collect(djiImah, named('ACME'), undefined, keys).contents.get('0200'))).toBe(lines(1, 90))
  })

  it('tells a sum that differs, and what is cut off', () => {
    const image = fixture('dji-imah', 'plain.sig')
    image[image.length - 1] = 1
    expect(collect(djiImah, image).problems).toMatchObject([{ code: 'checksum' }])
    const cut = collect(djiImah, fixture('dji-imah', 'v1.sig').subarray(0, 900))
    expect(cut.problems.map(({ code }) => code)).toContain('truncated')
    expect(lines(1, 150).startsWith(String(cut.contents.get('0100')))).toBe(true)
  })
})

for (const name of ['v1.sig', 'v2.sig'])
  hostileSuite({
    format: djiImah,
    fixture: fixture('dji-imah', name),
    needsItsEnd: 'which key it is, the sum of all of it tells',
  })
