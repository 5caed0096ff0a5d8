import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { adcBlock, DecodeError, lzfseBlock, lzvnBlock } from './index.ts'

const read = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url))
const PLAIN = read('plain.bin')

describe('lzfse', () => {
  it.each([
    ['plain.lzfse', PLAIN],
    ['plain.lzvn', PLAIN.subarray(0, 3000)],
  ])('gives back what Apple packed into %s', (name, plain) => {
    const output = Buffer.alloc(plain.length)
    expect(lzfseBlock(read(name), output)).toBe(plain.length)
    expect(output.equals(plain)).toBe(true)
  })

  it('takes stored blocks as they are', () => {
    const output = Buffer.alloc(3)
    expect(lzfseBlock(Buffer.from('bvx-\x03\0\0\0abcbvx$', 'latin1'), output)).toBe(3)
    expect(output.toString()).toBe('abc')
    expect(() => lzfseBlock(Buffer.from('bvx-\x04\0\0\0abcd', 'latin1'), output)).toThrow(/room/)
    expect(() => lzfseBlock(Buffer.from('bvx-\x03\0\0\0ab', 'latin1'), output)).toThrow(DecodeError)
  })

  it.each(['plain.lzfse', 'plain.lzvn'])('ends in order when %s is damaged or cut', (name) => {
    const packed = read(name)
    for (let at = 0; at < packed.length; at += 7) {
      const damaged = Buffer.from(packed)
      damaged[at] = (damaged[at] as number) ^ (1 << (at % 8))
      for (const input of [damaged, packed.subarray(0, at)]) {
        try {
          lzfseBlock(input, Buffer.alloc(PLAIN.length))
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError)
        }
      }
    }
  })
})

describe('lzvn', () => {
  it('refuses commands that there are none of, and matches before the beginning', () => {
    expect(() => lzvnBlock(Buffer.from('1e', 'hex'), Buffer.alloc(9))).toThrow(/none of/)
    expect(() => lzvnBlock(Buffer.from('e161f3', 'hex'), Buffer.alloc(9))).toThrow(/before the beginning/)
    expect(() => lzvnBlock(Buffer.from('e1', 'hex'), Buffer.alloc(9))).toThrow(/within literals/)
  })
})

describe('adc', () => {
  it('copies literals and matches of both lengths', () => {
    const output = Buffer.alloc(15)
    expect(adcBlock(Buffer.from('81616200014001007f', 'hex').subarray(0, 5), output)).toBe(5)
    expect(output.toString('latin1', 0, 5)).toBe('ababa')
    expect(adcBlock(Buffer.from('816162450001', 'hex'), output)).toBe(11)
    expect(output.toString('latin1', 0, 11)).toBe('abababababa')
  })

  it('refuses what goes over either end', () => {
    expect(() => adcBlock(Buffer.from('0001', 'hex'), Buffer.alloc(9))).toThrow(/before the beginning/)
    expect(() => adcBlock(Buffer.from('8161', 'hex'), Buffer.alloc(9))).toThrow(DecodeError)
    expect(() => adcBlock(Buffer.from('816162', 'hex'), Buffer.alloc(1))).toThrow(/room/)
  })
})
