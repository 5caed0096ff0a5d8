import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { djiXv4 } from './index.ts'
import { parseXv4 } from './parse.ts'

const IMAGE = fixture('dji-xv4', 'p3x.bin')
const [PLAIN, ENCRYPTED] = ['0-m0900-02.13.0000.bin', '1-m0306-01.04.0010.bin']

describe('dji-xv4', () => {
  it('gives the modules, decrypted', () => {
    const { contents, problems } = collect(djiXv4, IMAGE)
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      [PLAIN, lines(1, 200)],
      [ENCRYPTED, lines(1, 400).slice(0, 1472)],
    ])
  })

  it('tells what the header says', () => {
    expect(parseXv4(memoryBytes(IMAGE), 0)).toMatchObject({ manufacturer: 'DJI', model: 'P3X' })
  })

  it('tells digests that differ, and what is cut off', () => {
    const image = Buffer.from(IMAGE)
    image[300] = (image[300] as number) ^ 1
    image[image.length - 1] = (image[image.length - 1] as number) ^ 1
    expect(collect(djiXv4, image).problems).toMatchObject([
      { code: 'checksum', path: PLAIN },
      { code: 'checksum', path: ENCRYPTED },
      { path: ENCRYPTED },
    ])
    expect(collect(djiXv4, IMAGE.subarray(0, 2000)).problems).toMatchObject([
      { code: 'unsupported', path: ENCRYPTED },
      { code: 'truncated', path: ENCRYPTED },
    ])
  })
})

hostileSuite({ format: djiXv4, fixture: IMAGE })
