import { describe, expect, it } from 'vitest'
import { decodeQr } from '../testing/decode-qr.ts'
import { qrModules, qrSvg, qrTerminal } from './qr.ts'

const TEXTS = [
  'MESSLATTE-STATUS:1:abc_-.XYZ',
  `MESSLATTE-STATUS:1:${'aB3-_x'.repeat(140)}.${'Zz9'.repeat(29)}`,
  `MESSLATTE-STATUS:1:${'q0'.repeat(600)}.${'sig'.repeat(29)}`,
]

const SCALE = 3

/** What a decoder that is not ours and not the encoder's reads in a picture. */
function decoded(size: number, isDark: (x: number, y: number) => boolean): string | undefined {
  const width = size * SCALE
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255)
  for (let y = 0; y < width; y++)
    for (let x = 0; x < width; x++)
      if (isDark(Math.floor(x / SCALE), Math.floor(y / SCALE)))
        pixels.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3)
  return decodeQr(pixels, width, width)?.data
}

describe.each(TEXTS.map((text) => [text.length, text] as const))('a QR code of %i characters', (_, text) => {
  it('is read from the SVG by another decoder', () => {
    const svg = qrSvg(text, 'status <1>')
    const size = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1])
    const dark = new Set([...svg.matchAll(/M(\d+),(\d+)h1v1/g)].map(([, x, y]) => `${x},${y}`))
    expect(size).toBe(qrModules(text).length)
    expect(decoded(size, (x, y) => dark.has(`${x},${y}`))).toBe(text)
    expect(svg).toContain('<title>status &lt;1&gt;</title>')
  })

  it('is read from the terminal by another decoder', () => {
    const lines = qrTerminal(text, false).trimEnd().split('\n')
    const rows = lines.flatMap((line) => [
      [...line].map((one) => one === '█' || one === '▀'),
      [...line].map((one) => one === '█' || one === '▄'),
    ])
    expect(decoded(qrModules(text).length, (x, y) => rows[y]?.[x] === true)).toBe(text)
  })
})

describe('the terminal', () => {
  it('shows dark on light by its own colours', () => {
    const [first = ''] = qrTerminal('x', true).split('\n')
    expect([first.startsWith('\u001b[30;107m '), first.endsWith(' \u001b[0m')]).toEqual([true, true])
  })
})
