import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { fit } from '../fit/index.ts'
import { tar } from '../tar/index.ts'
import { dlinkSalted } from './index.ts'

const ONE = 'there is one content only'

describe('dlink-salted', () => {
  it.each(['r95.bin', 'm36.bin'])('decrypts %s', (name) => {
    const { contents, problems } = collect(dlinkSalted, fixture('dlink-salted', name))
    expect(problems).toEqual([])
    const inner = collect(fit, contents.get('image.fit') as Buffer)
    expect([...inner.contents.values()].map(String)).toContain(lines(1, 400))
  })

  it('decrypts the archive of a DAP-1610', () => {
    const image = fixture('dlink-salted', 'dap-1610.bin')
    const { contents, problems } = collect(dlinkSalted, image)
    expect(problems).toEqual([])
    const inner = collect(tar, contents.get('firmware.tar') as Buffer)
    expect([...inner.contents.values()].map(String)).toEqual([lines(1, 400)])
    expect(collect(dlinkSalted, image.subarray(0, -5)).problems).toMatchObject([{ code: 'truncated' }])
  })

  it('tells a cut and a padding that is none', () => {
    const image = fixture('dlink-salted', 'r95.bin')
    expect(collect(dlinkSalted, image.subarray(0, 500)).problems).toMatchObject([{ code: 'truncated' }])
    image[image.length - 20] = (image[image.length - 20] as number) ^ 1
    expect(collect(dlinkSalted, image).problems).toMatchObject([{ path: 'image.fit' }])
  })
})

hostileSuite({ format: dlinkSalted, fixture: fixture('dlink-salted', 'r95.bin'), needsItsEnd: ONE })
hostileSuite({ format: dlinkSalted, fixture: fixture('dlink-salted', 'm36.bin'), needsItsEnd: ONE })
