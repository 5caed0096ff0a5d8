import { describe, expect, it } from 'vitest'
import { readSignifyKey, readSignifySignature } from './index.ts'

const blob = (algorithm: string, size: number) =>
  Buffer.concat([Buffer.from(algorithm), Buffer.from('0123456789abcdef', 'hex'), Buffer.alloc(size, 7)])
const file = (content: Buffer) => Buffer.from(`untrusted comment: of a test\n${content.toString('base64')}\n`)

describe('signify', () => {
  it('reads keys and signatures with the number of the key', () => {
    const key = readSignifyKey(file(blob('Ed', 32)))
    expect(key?.id).toBe('0123456789abcdef')
    expect(key?.spki.toString('hex')).toBe(`302a300506032b6570032100${'07'.repeat(32)}`)
    expect(readSignifySignature(file(blob('Ed', 64)))).toEqual({
      id: '0123456789abcdef',
      signature: Buffer.alloc(64, 7),
    })
  })

  it('takes nothing else for one', () => {
    expect(readSignifyKey(file(blob('Ed', 64)))).toBeUndefined()
    expect(readSignifySignature(file(blob('ED', 64)))).toBeUndefined()
    expect(readSignifySignature(file(blob('Ed', 63)))).toBeUndefined()
    expect(readSignifyKey(file(blob('Ed', 32)).subarray(1))).toBeUndefined()
    expect(readSignifyKey(Buffer.from('untrusted comment: x\nno base64!\n'))).toBeUndefined()
    expect(readSignifyKey(Buffer.alloc(0))).toBeUndefined()
  })
})
