import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { DISK } from '../../testing/disk.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { vhd } from './index.ts'

describe('vhd', () => {
  it.each(['dynamic'])('maps %s', (name) => {
    const { contents, problems } = collect(vhd, fixture('vhd', `${name}.vhd`))
    expect(problems).toEqual([])
    expect(contents.get('disk.img')?.equals(DISK)).toBe(true)
  })

  it('knows a footer for what it is', () => {
    const footer = fixture('vhd', 'footer.vhd')
    expect(vhd.recognise(memoryBytes(Buffer.concat([DISK, footer])), DISK.length)).toEqual({
      start: DISK.length,
      end: DISK.length + 512,
    })
    expect(collect(vhd, footer).entries).toEqual([])
  })

  it('tells an image without a footer', () => {
    const { problems } = collect(vhd, fixture('vhd', 'dynamic.vhd').subarray(0, -512))
    expect(problems).toMatchObject([{ code: 'truncated' }])
  })
})

for (const name of ['dynamic', 'footer'])
  hostileSuite({
    format: vhd,
    fixture: fixture('vhd', `${name}.vhd`),
    needsItsEnd: 'a footer is whole or none',
  })
