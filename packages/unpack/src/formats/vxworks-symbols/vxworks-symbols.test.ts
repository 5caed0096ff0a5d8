import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { vxworksSymbols } from './index.ts'
import { placesOfTables } from './parse.ts'

const NAMES = Array.from({ length: 300 }, (_, index) => `symbol${index}`)
const TEXTS = Buffer.from(`\0${NAMES.join('\0')}\0`)

/** An image: code, the table, and the names behind some data. */
function imageOf(name: string): Buffer {
  return Buffer.concat([fixture('vxworks-symbols', name), Buffer.alloc(333, 0xa5), TEXTS])
}

function listed(image: Buffer) {
  const { contents, problems } = collect(vxworksSymbols, image)
  return { list: JSON.parse(contents.get('symbols.json')?.toString() ?? ''), problems }
}

describe('vxworks-symbols', () => {
  it.each([
    ['big.bin', 'big'],
    ['little.bin', 'little'],
  ])('lists the symbols of %s with their names', (file, endian) => {
    const { list, problems } = listed(imageOf(file))
    expect(problems).toEqual([])
    expect(list.endian).toBe(endian)
    expect(list.symbols.map(({ name }: { name: string }) => name)).toEqual(NAMES)
    expect(list.symbols.slice(0, 3)).toEqual([
      { name: 'symbol0', address: '0x80010000', type: 'function' },
      { name: 'symbol1', address: '0x80010010', type: 'data' },
      { name: 'symbol2', address: '0x80010020', type: 'bss' },
    ])
  })

  it('gives the pointers where the names are not there, and tells so', () => {
    const { list, problems } = listed(
      Buffer.concat([fixture('vxworks-symbols', 'big.bin'), Buffer.alloc(99)]),
    )
    expect(problems).toMatchObject([{ code: 'unsupported', path: 'symbols.json' }])
    expect(list.symbols[1]).toEqual({ nameAt: '0x80200009', address: '0x80010010', type: 'data' })
  })

  it.each([0, 1, 1990, 2007, 70_001])('is found behind %i other bytes', (before) => {
    const image = memoryBytes(Buffer.concat([Buffer.alloc(before, 0xa5), imageOf('little.bin')]))
    const places = [...placesOfTables(image, { start: 0, end: image.size })]
    expect(places).toEqual([before])
    expect(vxworksSymbols.recognise(image, before)).toEqual({ start: before, end: before + 4800 })
  })

  it('does not choose between two places of the names', () => {
    const { problems } = listed(Buffer.concat([imageOf('big.bin'), TEXTS]))
    expect(problems).toMatchObject([{ code: 'unsupported' }])
  })
})

for (const name of ['big.bin', 'little.bin']) {
  hostileSuite({
    format: vxworksSymbols,
    fixture: imageOf(name),
    needsItsEnd: 'the names stand behind the table, and a shorter table is another one',
  })
}
