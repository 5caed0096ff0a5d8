import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { par2 } from './index.ts'

const md5 = (text: string) => createHash('md5').update(text).digest('hex')

describe('par2', () => {
  it.each(['index.par2', 'recovery.par2'])('names the files of %s', (name) => {
    const { contents, problems } = collect(par2, fixture('par2', name))
    expect(problems).toEqual([])
    expect(JSON.parse(contents.get('files.json')?.toString() ?? '')).toEqual([
      { name: 'numbers', size: NUMBERS.length, md5: md5(NUMBERS) },
      { name: 'passwd', size: PASSWD.length, md5: md5(PASSWD) },
    ])
  })

  it('tells packets whose digests differ', () => {
    const packets = fixture('par2', 'recovery.par2')
    const last = packets.length - 1
    packets[last] = (packets[last] as number) ^ 1
    expect(collect(par2, packets).problems).toMatchObject([
      { code: 'checksum', message: '1 packets have another digest' },
    ])
  })
})

hostileSuite({
  format: par2,
  fixture: fixture('par2', 'index.par2'),
  needsItsEnd: 'its one content lists all packets',
})
