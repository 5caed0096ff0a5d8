import { readFileSync } from 'node:fs'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { dfuSuffix } from './index.ts'

const PAYLOAD = 2000
const IMAGE = readFileSync(new URL('./fixtures/other/plain.bin', import.meta.url))

/** Where it is sought in a stretch. */
function startsIn(content: Uint8Array, start: number, end: number) {
  return [...(dfuSuffix.candidates?.(memoryBytes(content), { start, end }) ?? [])]
}

describe('dfu-suffix', () => {
  it('tells whom the file is for', () => {
    const { contents } = collect(dfuSuffix, IMAGE, { start: PAYLOAD, end: IMAGE.length })
    expect(JSON.parse(String(contents.get('suffix.json')))).toEqual({
      vendor: '0x1209',
      product: '0xabcd',
      version: '0x0102',
    })
  })

  it('has all in front of it as its firmware, where nothing else is known of it', () => {
    const { contents, entries, region } = collect(dfuSuffix, IMAGE)
    expect(region).toEqual({ start: 0, end: IMAGE.length })
    expect(contents.get('firmware')).toEqual(IMAGE.subarray(0, PAYLOAD))
    expect(entries.map(({ path }) => path)).toEqual(['firmware', 'suffix.json'])
  })

  it('is found at the end of a file whose CRC it has', () => {
    expect(startsIn(IMAGE, 0, IMAGE.length)).toEqual([0])
    expect(startsIn(IMAGE, 8, IMAGE.length)).toEqual([PAYLOAD])
    expect(startsIn(IMAGE, PAYLOAD, IMAGE.length)).toEqual([PAYLOAD])
    expect(startsIn(IMAGE, PAYLOAD + 1, IMAGE.length)).toEqual([])
    expect(startsIn(IMAGE, 0, PAYLOAD)).toEqual([])
    const changed = Buffer.from(IMAGE).fill(0, 100, 102)
    expect(startsIn(changed, 0, changed.length)).toEqual([])
    const behind = Buffer.concat([IMAGE, Buffer.alloc(1)])
    expect(startsIn(behind, 0, behind.length)).toEqual([])
  })
})

hostileSuite({
  format: dfuSuffix,
  fixture: fixture('dfu-suffix', 'suffix.bin'),
  needsItsEnd: 'it is known by its end only',
})
