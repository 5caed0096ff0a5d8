import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lxl } from './index.ts'

describe('lxl', () => {
  it('gives certificate and signature, and ends in front of the image', () => {
    const image = Buffer.concat([fixture('lxl', 'version3.bin'), Buffer.from('HDR0')])
    const { contents, problems, region } = collect(lxl, image)
    expect(problems).toEqual([])
    expect(region).toEqual({ start: 0, end: 84 })
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['certificate', 'certificate'],
      ['signature', 'the signature'],
    ])
  })

  it('has nothing in its second version', () => {
    const image = fixture('lxl', 'version2.bin')
    expect(lxl.recognise(memoryBytes(image), 0)).toEqual({ start: 0, end: 36 })
    expect(collect(lxl, image).entries).toEqual([])
  })
})

hostileSuite({
  format: lxl,
  fixture: fixture('lxl', 'version3.bin'),
  needsItsEnd: 'a header has to be whole',
})
