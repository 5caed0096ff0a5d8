import { deflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { adler32 } from './adler32.ts'

it.each([0, 1, 15, 3800, 3801, 100_000])('is what zlib writes behind %d bytes', (length) => {
  const content = Buffer.alloc(length, '\xff\xff\xff\xfe', 'latin1')
  const half = length >> 1
  const stored = deflateSync(content).readUInt32BE(deflateSync(content).length - 4)
  expect(adler32(content)).toBe(stored)
  expect(adler32(content.subarray(half), adler32(content.subarray(0, half)))).toBe(stored)
})
