import { BytesError } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { FormatError } from '../contract.ts'
import { fieldsOf } from './protobuf.ts'

const read = (hex: string) => [...fieldsOf(Buffer.from(hex, 'hex'))]

describe('a protobuf message', () => {
  it('has fields of four kinds', () => {
    expect(read('089601120774657374696e671d01000000190200000000000000')).toMatchObject([
      { number: 1, type: 'number', value: 150 },
      { number: 2, type: 'bytes', at: 5 },
      { number: 3, type: 'number', value: 1 },
      { number: 3, type: 'number', value: 2 },
    ])
    expect(read('')).toEqual([])
  })

  it('may have numbers that are larger than ours', () => {
    expect(read('08ffffffffffffffffff01')).toEqual([
      { number: 1, type: 'number', value: Number.POSITIVE_INFINITY },
    ])
    expect(read('08ffffffffffffff0f')).toEqual([
      { number: 1, type: 'number', value: Number.MAX_SAFE_INTEGER },
    ])
  })

  it.each(['08ffffffffffffffffffff01', '0b', '0c', '00', '07'])('is not %s', (hex) => {
    expect(() => read(hex)).toThrow(FormatError)
  })

  it.each(['08', '0a05aa', '0d0102', '0901020304', '0affffffffffffffffff01'])('does not end in %s', (hex) => {
    expect(() => read(hex)).toThrow(BytesError)
  })
})
