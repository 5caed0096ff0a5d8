import { type Bytes, Reader } from '@messlatte/bytes'
import { isZero, wordSum } from '../members.ts'

/** What each stage is called in its header. */
const STAGES: Readonly<Record<string, string>> = { IPL_: 'ipl', IPLC: 'ipl-cust', IPLN: 'ipl-cust' }
/** The end of a jump over the header, and the name of the stage. */
export const MAGICS = Object.keys(STAGES).map((name) => `\0\xea${name}`)
export const MAGIC_AT = 2
export const HEADER = 16
const LEAST = 64

/** U-Boot of linux-chenxing for MStar chips, boot0.h: little endian. */
export interface SigmastarIpl {
  readonly stage: string
  /** Bytes, header included. */
  readonly length: number
  readonly sum: number
}

export function parseSigmastarIpl(bytes: Bytes, at: number): SigmastarIpl | undefined {
  if (at + LEAST > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  const jump = reader.u32()
  const stage = STAGES[reader.latin1(4)]
  const length = reader.u16()
  reader.skip(2)
  const sum = reader.u32()
  // An ARM branch counts words from two behind it.
  const target = ((jump & 0xffffff) + 2) * 4
  if (stage === undefined || jump >>> 24 !== 0xea || target < HEADER) return undefined
  if (length < LEAST || length % 4 !== 0 || target >= length) return undefined
  return { stage, length, sum }
}

/**
 * Whether the sum of all words behind the header is another one; some stages keep its lower half, and their length in the
 * upper one. Undefined for stages of later chips, whose header is longer and whose sum is something else. @throws BytesError
 */
export function sumDiffers(bytes: Bytes, at: number, { length, sum }: SigmastarIpl): boolean | undefined {
  if (isZero(bytes, at + HEADER, at + 2 * HEADER)) return undefined
  const computed = wordSum(bytes, at + HEADER, length - HEADER)
  return sum >>> 16 === length ? (computed & 0xffff) !== (sum & 0xffff) : computed !== sum
}
