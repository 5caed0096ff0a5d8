import { createDecipheriv, type Decipheriv } from 'node:crypto'
import { type Bytes, DecodeError, gzipStream, latin1, memoryBytes } from '@messlatte/bytes'
import { copyStretch } from '../members.ts'
import { SALTED, SALTED_HEADER, saltedSecret } from '../openssl-salted.ts'

const BLOCK = 16
const KEY = 16
/** How gzip begins, with deflate as it always has it. */
const GZIP = '\x1f\x8b\x08'
/** Bits of its flags that have no meaning. */
const NO_FLAGS = 0xe0
/** No flash of such a camera is larger. */
const MOST = 64 * 1024 * 1024
/** What comes out of it is looked at up to here. */
const MOST_PLAIN = 512 * 1024 * 1024

/** Of firmware, as they are published; most with and without a first letter twice and a version behind. */
const PASSWORDS: readonly string[] = [
  ...['Wxift', 'Wyift', 'Wzift', 'Weift', 'Pxift', 'Xti1f', 'Ktf1g', 'WT8Nk', 'XT8Nk'].flatMap((word) =>
    [word, `${word[0]}${word}`].flatMap((it) => [`${it}*`, `${it}*v2`]),
  ),
  'WWzift*v4',
  'WWjift*v2',
]

export interface FoscamImage {
  /** Where the cipher blocks begin and end, padding included. */
  readonly from: number
  readonly end: number
  decipher(): Decipheriv
}

/** What begins at `at`, or undefined: one of the passwords has to give gzip, which tells the end. */
export function parseFoscam(bytes: Bytes, at: number): FoscamImage | undefined {
  const from = at + SALTED_HEADER
  if (from + BLOCK > bytes.size || latin1(bytes.view(at, SALTED.length)) !== SALTED) return undefined
  const salt = Uint8Array.from(bytes.view(at + SALTED.length, SALTED_HEADER - SALTED.length))
  for (const password of PASSWORDS) {
    const secret = saltedSecret(password, salt, 'md5', KEY + BLOCK)
    const decipher = () => createDecipheriv('aes-128-cbc', secret.subarray(0, KEY), secret.subarray(KEY))
    const first = decipher().setAutoPadding(false).update(bytes.view(from, BLOCK))
    if (
      first.toString('latin1', 0, GZIP.length) !== GZIP ||
      ((first[GZIP.length] as number) & NO_FLAGS) !== 0
    )
      continue
    return { from, end: from + cipherBytes(bytes, from, decipher()), decipher }
  }
  return undefined
}

/** Bytes of the cipher: those up to where gzip ends, filled up to blocks. All there is where it does not end well. */
function cipherBytes(bytes: Bytes, from: number, decipher: Decipheriv): number {
  const there = Math.min(bytes.size - from, MOST)
  const blocks = Buffer.alloc(there - (there % BLOCK))
  copyStretch(bytes, from, blocks)
  const plain = memoryBytes(decipher.setAutoPadding(false).update(blocks))
  let left = MOST_PLAIN
  try {
    const { end, problem } = gzipStream(plain, 0, (chunk) => {
      left -= chunk.length
      if (left < 0) throw new DecodeError('output-full', 'more than is looked at')
    })
    return problem ? bytes.size - from : Math.min((Math.floor(end / BLOCK) + 1) * BLOCK, bytes.size - from)
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    return bytes.size - from
  }
}
