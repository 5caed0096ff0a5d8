import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture, keyOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { rbl } from './index.ts'

const PROGRAM = Array.from({ length: 400 }, (_, index) => `line ${index}\n`).join('')

describe('rbl', () => {
  it('gives its content, and what it says of itself', () => {
    const { contents, problems } = collect(rbl, fixture('rbl', 'plain.rbl'))
    expect(problems).toEqual([])
    expect(contents.get('app')?.toString('latin1', 0, PROGRAM.length)).toBe(PROGRAM)
    expect(JSON.parse(contents.get('header.json')?.toString() ?? '')).toMatchObject({
      name: 'app',
      version: '24.01.02-bk7231t',
      time: 1_700_000_000,
      encryption: 'none',
    })
  })

  it('leaves what is packed to what comes next, also behind the published key', () => {
    for (const name of ['gzip.rbl', 'encrypted.rbl']) {
      const { contents, problems } = collect(rbl, fixture('rbl', name))
      expect(problems).toEqual([])
      expect([...contents.keys()]).toEqual(['header.json', 'app'])
      expect(gunzipSync(contents.get('app') as Buffer).toString()).toBe(PROGRAM)
    }
  })

  it('opens what is encrypted with another key by who has it', () => {
    const image = fixture('rbl', 'own-key.rbl')
    const closed = collect(rbl, image)
    expect(closed.problems).toEqual([])
    expect([...closed.contents.keys()]).toEqual(['header.json', 'app-aes-256'])
    const keys = [{ name: 'wrong', bytes: Buffer.alloc(48, 7) }, keyOf('rbl', 'own.bin')]
    expect(collect(rbl, image, undefined, keys).contents.get('app')?.toString()).toBe(PROGRAM)
  })

  it('takes nothing for the content of a header that stands behind it', () => {
    const header = fixture('rbl', 'plain.rbl').subarray(0, 96)
    const flash = Buffer.concat([header, Buffer.alloc(9000, 0xff)])
    const { region, contents } = collect(rbl, flash)
    expect(region.end).toBe(96)
    expect([...contents.keys()]).toEqual(['header.json'])
  })

  it('tells a CRC that differs', () => {
    const image = fixture('rbl', 'plain.rbl')
    image[200] = 0
    expect(collect(rbl, image).problems).toMatchObject([{ code: 'checksum', path: 'app' }])
  })
})

hostileSuite({ format: rbl, fixture: fixture('rbl', 'plain.rbl') })
