import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { gbl } from './index.ts'

const PROGRAM = Buffer.from(Array.from({ length: 1200 }, (_, index) => (index * 7 + 3) & 255))

describe('gbl', () => {
  it('gives programs with their addresses', () => {
    const { contents, problems } = collect(gbl, fixture('gbl', 'plain.gbl'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual([
      'application',
      'program-0x00004000',
      'erase-and-program-0x00008000',
    ])
    expect(contents.get('program-0x00004000')?.equals(PROGRAM)).toBe(true)
  })

  it('gives what is compressed as it is, and the signature', () => {
    const { contents, problems } = collect(gbl, fixture('gbl', 'signed.gbl'))
    expect(problems).toEqual([])
    expect(contents.get('program-lz4-0x00004000')?.readUInt32LE(0)).toBe(0x184d2204)
    expect(contents.get('signature')).toHaveLength(64)
    expect([...contents.keys()].filter((path) => path.startsWith('metadata'))).toHaveLength(2)
  })

  it('shows what is encrypted', () => {
    const { contents } = collect(gbl, fixture('gbl', 'encrypted.gbl'))
    expect([...contents.keys()]).toEqual(['encryption-header', 'encryption-start', 'encrypted'])
  })

  it('tells a CRC that differs, and an end that is not there', () => {
    const image = fixture('gbl', 'plain.gbl')
    image[100] = 0
    expect(collect(gbl, image).problems).toMatchObject([{ code: 'checksum' }])
    expect(collect(gbl, image.subarray(0, 600)).problems).toMatchObject([
      { code: 'truncated' },
      { code: 'truncated', path: 'program-0x00004000' },
    ])
  })
})

hostileSuite({ format: gbl, fixture: fixture('gbl', 'plain.gbl') })
hostileSuite({ format: gbl, fixture: fixture('gbl', 'signed.gbl') })
