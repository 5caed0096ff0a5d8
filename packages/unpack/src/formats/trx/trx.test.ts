import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { trx } from './index.ts'
import { parseTrxHeader, type TrxHeader } from './parse.ts'

describe('trx', () => {
  it('splits an image into its partitions', () => {
    const { contents, problems } = collect(trx, fixture('trx', 'version-1.trx'))
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => [path, content.toString().slice(0, 7)])).toEqual([
      ['partition-0', 'loader.'],
      ['partition-1', 'kernel '],
      ['partition-2', 'root 0\n'],
    ])
  })

  it('knows the four partitions of version 2', () => {
    const image = fixture('trx', 'version-2.trx')
    expect(parseTrxHeader(memoryBytes(image), 0)).toMatchObject({ version: 2, offsets: { length: 4 } })
    const { contents, problems } = collect(trx, image)
    expect(problems).toEqual([])
    expect(contents.get('partition-3')?.toString()).toBe('more'.padEnd(64, '.'))
  })

  it('counts ones where a boot loader of version 2 writes while it tries an image', () => {
    const image = fixture('trx', 'bin-header.trx')
    expect(collect(trx, image).problems).toEqual([])
    const { binHeader } = parseTrxHeader(memoryBytes(image), 0) as TrxHeader
    image.fill(7, binHeader + 22, binHeader + 30)
    expect(collect(trx, image).problems).toEqual([])
    image[binHeader + 30] = 7
    expect(collect(trx, image).problems).toMatchObject([{ code: 'checksum' }])
  })

  it('tells when the CRC differs', () => {
    const image = fixture('trx', 'version-1.trx')
    image[image.length - 1] = 0
    const { contents, problems } = collect(trx, image)
    expect(problems).toMatchObject([{ code: 'checksum' }])
    expect(contents.size).toBe(3)
  })

  it('still shows what lies before a cut', () => {
    const { contents, problems } = collect(trx, fixture('trx', 'version-1.trx').subarray(0, 1500))
    expect([...contents.values()].map(({ length }) => length)).toEqual([32, 980, 1500 - 1040])
    expect(problems).toMatchObject([{ code: 'truncated' }, { code: 'truncated', path: 'partition-2' }])
  })
})

hostileSuite({ format: trx, fixture: fixture('trx', 'version-1.trx') })
hostileSuite({ format: trx, fixture: fixture('trx', 'version-2.trx') })
