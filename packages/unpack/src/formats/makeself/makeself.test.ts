import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect, collectStream } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { compress } from '../compress/index.ts'
import { gzip } from '../gzip/index.ts'
import { tar } from '../tar/index.ts'
import { makeself } from './index.ts'

describe('makeself', () => {
  it.each([
    ['gzip.run', gzip],
    ['compress.run', compress],
    ['base64.run', undefined],
  ] as const)('shows script and archive of %s', (name, packing) => {
    const { contents, problems } = collect(makeself, fixture('makeself', name))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['script.sh', 'archive'])
    expect(contents.get('script.sh')?.toString()).toMatch(/^#!\/bin\/sh\n[\s\S]*\n$/)
    const archive = contents.get('archive') as Buffer
    const plain = packing
      ? collectStream((write) => packing.decode(memoryBytes(archive), 0, write)).content
      : archive
    const files = collect(tar, plain).contents
    expect(files.get('./etc/passwd')?.toString() ?? files.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(files.get('./numbers')?.toString() ?? files.get('numbers')?.toString()).toBe(NUMBERS)
  })

  it('compares all sums that the script has', () => {
    const image = fixture('makeself', 'gzip.run')
    image[image.length - 20] = (image[image.length - 20] as number) ^ 1
    expect(collect(makeself, image).problems).toEqual(
      ['its cksum differs', 'its MD5 differs', 'its SHA256 differs'].map((message) =>
        expect.objectContaining({ code: 'checksum', message, path: 'archive' }),
      ),
    )
  })

  it('tells an archive that is cut off', () => {
    const image = fixture('makeself', 'gzip.run')
    expect(collect(makeself, image.subarray(0, image.length - 20)).problems).toMatchObject([
      { code: 'truncated', path: 'archive' },
    ])
  })
})

hostileSuite({ format: makeself, fixture: fixture('makeself', 'gzip.run') })
hostileSuite({ format: makeself, fixture: fixture('makeself', 'base64.run') })
