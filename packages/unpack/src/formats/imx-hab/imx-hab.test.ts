import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { imxHab } from './index.ts'
import { parseHab } from './parse.ts'

const PROGRAM = Buffer.from(Array.from({ length: 1000 }, (_, index) => (index * 7 + 3) & 255))

describe('imx-hab', () => {
  it('gives device configuration, program and commands, and ends where boot data says', () => {
    const image = fixture('imx-hab', 'signed.imx')
    const { region, contents, problems } = collect(imxHab, Buffer.concat([image, Buffer.alloc(64, 0xff)]))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['dcd', 'image', 'csf'])
    expect(contents.get('image')?.includes(PROGRAM)).toBe(true)
    expect(contents.get('csf')?.subarray(0, 1).toString('hex')).toBe('d4')
    expect(region.end).toBe(image.length)
  })

  it('reads an unsigned one', () => {
    const image = parseHab(memoryBytes(fixture('imx-hab', 'unsigned.imx')), 0)
    expect(image).toMatchObject({ version: '4.0', csf: undefined, csfAt: undefined, plugin: false })
    expect([...collect(imxHab, fixture('imx-hab', 'unsigned.imx')).contents.keys()]).toEqual(['image'])
  })

  it('begins at its table, whatever stands in front of it', () => {
    const flash = memoryBytes(Buffer.concat([Buffer.alloc(0x400), fixture('imx-hab', 'signed.imx')]))
    expect(imxHab.recognise(flash, 0)).toBeUndefined()
    expect(imxHab.recognise(flash, 0x400)).toMatchObject({ start: 0x400, end: flash.size })
  })

  it('tells an end that is not there', () => {
    const image = fixture('imx-hab', 'signed.imx')
    expect(collect(imxHab, image.subarray(0, 700)).problems).toMatchObject([{ code: 'truncated' }])
  })
})

hostileSuite({
  format: imxHab,
  fixture: fixture('imx-hab', 'signed.imx'),
  needsItsEnd: 'its last content ends with it',
})
