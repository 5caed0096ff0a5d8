import { type Bytes, BytesError } from '@messlatte/bytes'
import type { LeafFormat } from '../contract.ts'

/**
 * A picture, a document, a program for some virtual machine: nothing is taken out of it, it only has to be known for what
 * it is, and from where to where it lies. Its own fields lead to its end, and have to hold until there; that is what makes
 * up for magics that many other bytes have, too.
 * @param endOf offset behind its last byte; undefined, or a BytesError, for what does not hold
 */
export function inlay(
  manifest: Omit<LeafFormat, 'kind' | 'recognise' | 'examine' | 'inlaid'>,
  endOf: (bytes: Bytes, at: number) => number | undefined,
): LeafFormat {
  return {
    ...manifest,
    kind: 'leaf',
    inlaid: true,
    recognise(bytes, at) {
      const end = reached(() => endOf(bytes, at))
      return end !== undefined && end > at && end <= bytes.size ? { start: at, end } : undefined
    },
  }
}

/** What lies behind the end of the bytes holds nothing. */
function reached(endOf: () => number | undefined): number | undefined {
  try {
    return endOf()
  } catch (error) {
    if (error instanceof BytesError) return undefined
    throw error
  }
}
