import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { buffaloTag } from '../buffalo-tag/index.ts'
import { buffaloTftp } from './index.ts'

const IMAGE = fixture('buffalo-tftp', 'tftp.bin')

describe('buffalo-tftp', () => {
  it('gives the image as it was before', () => {
    const { contents, problems, region } = collect(buffaloTftp, IMAGE)
    expect(problems).toEqual([])
    expect(region).toEqual({ start: 0, end: IMAGE.length })
    const image = contents.get('image') as Buffer
    // Its checksum is of all.
    expect(collect(buffaloTag, image).problems).toEqual([])
    expect(image.equals(fixture('buffalo-tag', 'one.bin'))).toBe(true)
  })
})

hostileSuite({ format: buffaloTftp, fixture: IMAGE, needsItsEnd: 'there is one content only' })
