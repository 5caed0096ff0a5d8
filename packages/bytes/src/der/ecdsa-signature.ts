import { onlyElement, TAG } from './element.ts'
import { DerError } from './error.ts'
import { DerFields } from './fields.ts'
import { integerBytes } from './values.ts'

/** r and s of an ECDSA signature in DER, each in `size` bytes, big endian; undefined for what is none. RFC 3279, section 2.2.3. */
export function readEcdsaSignature(der: Uint8Array, size: number): Buffer | undefined {
  try {
    const fields = new DerFields(onlyElement(der), TAG.sequence)
    const numbers = [fields.take(TAG.integer), fields.take(TAG.integer)].map(integerBytes)
    fields.end()
    const padded = numbers.map((number) => unsigned(number, size))
    return Buffer.concat(padded)
  } catch (error) {
    if (error instanceof DerError) return undefined
    throw error
  }
}

function unsigned(number: Uint8Array, size: number): Buffer {
  const digits = number[0] === 0 ? number.subarray(1) : number
  if ((number[0] as number) >= 0x80 || digits.length > size)
    throw new DerError('value', 'a number that no signature has')
  return Buffer.concat([Buffer.alloc(size - digits.length), digits])
}
