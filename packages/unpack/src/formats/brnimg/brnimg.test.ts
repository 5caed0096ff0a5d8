import { readFileSync } from 'node:fs'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { FORMATS } from '../index.ts'
import { lzma } from '../lzma/index.ts'
import { brnimg } from './index.ts'
import { parseBrnImage } from './parse.ts'

describe('brnimg', () => {
  it('gives the kernel, and the parts behind it', () => {
    const image = fixture('brnimg', 'marked.bin')
    const { contents, problems } = collect(brnimg, image)
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['kernel', 'part-1'])
    expect(contents.get('part-1')?.toString()).toBe(lines(1, 300))
    expect(parseBrnImage(memoryBytes(image), 0)?.signature).toBe('BRNDTW502')
  })

  it('is asked before LZMA, as which a real image begins', () => {
    const image = readFileSync(new URL('./fixtures/whole/router.bin', import.meta.url))
    expect(lzma.recognise(memoryBytes(image), 0)).toBe(true)
    expect(brnimg.recognise(memoryBytes(image), 0)).toEqual({ start: 0, end: image.length })
    expect(FORMATS.indexOf(brnimg)).toBeLessThan(FORMATS.indexOf(lzma))
  })

  it('tells CRC-32 that differ', () => {
    const image = fixture('brnimg', 'marked.bin')
    image[20] = (image[20] as number) ^ 1
    expect(collect(brnimg, image).problems).toMatchObject([{ code: 'checksum', path: 'kernel' }])
  })
})

hostileSuite({
  format: brnimg,
  fixture: fixture('brnimg', 'marked.bin'),
  needsItsEnd: 'what tells its parts stands behind them',
})
