import { type Bytes, latin1 } from '@messlatte/bytes'
import { FormatError, type Region } from '../../contract.ts'
import { parseFdtHeader } from './parse.ts'

/** The name of a property that only the signing of a FIT's configurations adds (U-Boot, tools/image-host.c). */
const SIGNED = 'hashed-strings\0'

/**
 * Where a FIT with signed configurations lies, told from its header and the names of its properties alone: its
 * structure may be broken, and then that is what has to be said, not that there is no FIT. Undefined for all else.
 */
export function signedFitRegion(bytes: Bytes, at: number): Region | undefined {
  try {
    const { totalSize, stringsOffset, stringsSize } = parseFdtHeader(bytes, at)
    const names = latin1(bytes.view(at + stringsOffset, stringsSize))
    return names.includes(SIGNED) ? { start: at, end: at + totalSize } : undefined
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}
