import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DecodeError, type EfiVariant, efiCompressionHeader, efiDecompress } from './index.ts'

const fixture = (name: string): Buffer => readFileSync(new URL(`./fixtures/${name}`, import.meta.url))
const plain = fixture('plain.bin')

interface Result {
  readonly content: Buffer
  readonly code?: string
}

/** What comes out, and the code of the error that ended it. */
function decode(input: Uint8Array, variant: EfiVariant, most = Number.POSITIVE_INFINITY): Result {
  const chunks: Buffer[] = []
  let size = 0
  try {
    efiDecompress(input, variant, (chunk) => {
      size += chunk.length
      if (size > most) throw new DecodeError('output-full', 'enough')
      chunks.push(Buffer.from(chunk))
    })
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    return { content: Buffer.concat(chunks), code: error.code }
  }
  return { content: Buffer.concat(chunks) }
}

/** A block of `symbols` symbols that are all `symbol`, without a bit for any of them. */
function oneSymbol(size: number, symbol: number, countBits: number): Buffer {
  const bits = [
    [0xffff, 16],
    [0, 5],
    [0, 5],
    [0, 9],
    [symbol, 9],
    [0, countBits],
    [0, countBits],
  ]
    .map(([value = 0, width = 0]) => value.toString(2).padStart(width, '0'))
    .join('')
    .padEnd(64, '0')
  const head = Buffer.alloc(8)
  head.writeUInt32LE(8, 0)
  head.writeUInt32LE(size, 4)
  return Buffer.concat([head, Buffer.from(BigInt(`0b${bits}`).toString(16).padStart(16, '0'), 'hex')])
}

describe.each(['efi', 'tiano'] as const)('the EFI compression, %s', (variant) => {
  const input = fixture(`plain.${variant}`)

  it('comes out as the reference tool put it in', () => {
    expect(efiCompressionHeader(input)).toEqual({ compressed: input.length - 8, size: plain.length })
    expect(decode(input, variant)).toEqual({ content: plain })
    expect(decode(Buffer.concat([input, Buffer.from('something else')]), variant)).toEqual({ content: plain })
  })

  it('delivers what comes before a cut', () => {
    for (const length of [0, 7, 8, 9, 40, 1000, input.length - 20]) {
      const { content, code } = decode(input.subarray(0, length), variant)
      expect(code, `${length}`).toMatch(/truncated|corrupt/)
      expect(plain.subarray(0, content.length).equals(content), `${length}`).toBe(true)
    }
    expect(decode(input.subarray(0, 5000), variant).content.length).toBeGreaterThan(5000)
  })

  it('stands damage, and ends where it is told to', () => {
    fc.assert(
      fc.property(
        fc.nat(input.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.uint8Array({ minLength: 0, maxLength: 200 }),
        (at, flip, noise) => {
          const damaged = Buffer.from(input)
          damaged[at] = (damaged[at] as number) ^ flip
          const most = 4 * plain.length
          expect(decode(damaged, variant, most).content.length).toBeLessThanOrEqual(most)
          expect(decode(noise, variant, most).content.length).toBeLessThanOrEqual(most)
        },
      ),
      { seed: 1, numRuns: 200 },
    )
  })

  it('reads blocks of one symbol, which takes no bits', () => {
    const countBits = variant === 'efi' ? 4 : 5
    expect(decode(oneSymbol(9000, 0x41, countBits), variant)).toEqual({ content: Buffer.alloc(9000, 0x41) })
    expect(decode(oneSymbol(9000, 300, countBits), variant)).toMatchObject({ code: 'corrupt' })
    expect(decode(oneSymbol(9000, 511, countBits), variant)).toMatchObject({ code: 'corrupt' })
  })
})

it('does not take one variant of the EFI compression for the other', () => {
  expect(decode(fixture('plain.efi'), 'tiano').content.equals(plain)).toBe(false)
  expect(decode(fixture('plain.tiano'), 'efi').content.equals(plain)).toBe(false)
})
