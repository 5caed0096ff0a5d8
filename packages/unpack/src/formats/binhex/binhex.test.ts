import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { NUMBERS } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { stuffit5 } from '../stuffit5/index.ts'
import { binhex } from './index.ts'

const RUNS = Buffer.concat([
  Buffer.alloc(500, 'a'),
  Buffer.alloc(3, 0x90),
  Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  Buffer.from('zzzz'),
])

describe('binhex', () => {
  it.each(['two-forks.hqx', 'named.hqx'])('reads both forks of %s', (name) => {
    const { contents, problems } = collect(binhex, fixture('binhex', name))
    expect(problems).toEqual([])
    expect(contents.get('two forks')?.toString()).toBe(NUMBERS)
    expect(contents.get('two forks.rsrc')?.equals(RUNS)).toBe(true)
  })

  it('reads the archive that StuffIt wrote', () => {
    const { contents, problems } = collect(binhex, fixture('binhex', 'testfile.stuffit7_dlx.mac9.sit.hqx'))
    expect(problems).toEqual([])
    const archive = contents.get('sources.sit') as Buffer
    expect(archive.equals(fixture('stuffit5', 'testfile.stuffit7_dlx.mac9.sit'))).toBe(true)
    expect(stuffit5.recognise(memoryBytes(archive), 0)?.end).toBe(archive.length)
  })

  it('tells a fork that differs, and keeps the other one', () => {
    const text = fixture('binhex', 'two-forks.hqx')
    text.write('!!!!', 300)
    const { contents, problems } = collect(binhex, text)
    expect(problems).toMatchObject([{ message: 'the CRC differs', path: 'two forks' }])
    expect(contents.get('two forks.rsrc')?.equals(RUNS)).toBe(true)
  })

  it('ends at what is no letter', () => {
    const text = fixture('binhex', 'two-forks.hqx')
    text.write('~', 1500)
    const { contents, problems, region } = collect(binhex, text)
    expect(region.end).toBe(1500)
    expect(problems).toMatchObject([
      { message: 'the text ends without its colon' },
      { message: 'less comes out than it has', path: 'two forks' },
      { message: 'less comes out than it has', path: 'two forks.rsrc' },
    ])
    expect(NUMBERS.startsWith(contents.get('two forks')?.toString() ?? '-')).toBe(true)
  })
})

hostileSuite({ format: binhex, fixture: fixture('binhex', 'two-forks.hqx') })
hostileSuite({ format: binhex, fixture: fixture('binhex', 'named.hqx') })
