import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { maskedImage } from './index.ts'

/** Of the uImage and of the SEAMA image that were masked. */
const PLAIN = {
  'elecom.bin': '27051956',
  'iodata.bin': '27051956',
  'nosimg.bin': '27051956',
  'wf1200cr.bin': '5ea3a417',
  'wg1200cr.bin': '5ea3a417',
} as const

function recognised(content: Buffer): boolean {
  return maskedImage.recognise(memoryBytes(content), 0) !== undefined
}

describe('masked-image', () => {
  it.each(Object.entries(PLAIN))('undoes the mask of %s', (name, magic) => {
    const content = fixture('masked-image', name)
    const { contents, problems } = collect(maskedImage, content)
    expect(problems).toEqual([])
    const image = contents.get('image') as Buffer
    expect(image).toHaveLength(content.length)
    expect(image.subarray(0, 4).toString('hex')).toBe(magic)
    expect(image.toString('latin1')).toContain('\n299\n300\n')
  })

  it('takes nothing whose header does not come out', () => {
    const content = fixture('masked-image', 'elecom.bin')
    content[9] = (content[9] as number) ^ 1
    expect(recognised(content)).toBe(false)
  })
})

hostileSuite({
  format: maskedImage,
  fixture: fixture('masked-image', 'elecom.bin'),
  needsItsEnd: 'no length stands in it',
})
