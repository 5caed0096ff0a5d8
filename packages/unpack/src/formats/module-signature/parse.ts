import { type Bytes, createSearch, DerError, Reader, readSignedData } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'

/** Linux kernel, include/linux/module_signature.h: it ends the file. */
const MARK = '~Module signature appended~\n'
/** Algorithm, hash, kind, lengths of signer and key id, three zeros, length of the signature; big endian. */
const TRAILER = 12
const PKCS7 = 2
/** Longest signature that is believed, in bytes: one without certificates has 0.4 to 0.8 KiB, post-quantum ones some KiB. */
const MOST_SIGNATURE = 16 * 1024
const DER_SEQUENCE = 0x30
/** Behind the tag of a DER sequence: how many bytes its length takes. ECDSA without certificates needs one, all else two. */
const LENGTH_IN = { one: 0x81, two: 0x82 } as const
/** More than the tag and the length take, and less than any signature. */
const DER_HEADER = 4

const search = createSearch([MARK])

/**
 * The signature that begins at `at`: PKCS #7 in DER, the trailer, the mark. Undefined where one of them is not there, or
 * where the trailer has another length than the PKCS #7 has.
 */
export function signatureAt(bytes: Bytes, at: number): Region | undefined {
  const length = derLength(bytes, at)
  if (length === undefined) return undefined
  const trailerAt = at + length
  if (trailerBefore(bytes, trailerAt + TRAILER) !== length) return undefined
  return isSignedData(bytes.view(at, length))
    ? { start: at, end: trailerAt + TRAILER + MARK.length }
    : undefined
}

/** Where signatures may begin in a stretch, in ascending order: the mark is at their end, so that has to be found. */
export function signatureStarts(bytes: Bytes, gap: Region): readonly number[] {
  const starts: number[] = []
  let free = gap.start
  const push = (_: number, markAt: number) => {
    const length = trailerBefore(bytes, markAt)
    const start = markAt - TRAILER - (length ?? 0)
    if (length !== undefined && start >= free && derLength(bytes, start) === length) {
      starts.push(start)
      free = markAt + MARK.length
    }
    return true
  }
  search(bytes, push, gap.start, gap.end)
  return starts
}

/** What the trailer in front of a mark at `markAt` says that the signature takes; undefined for no trailer with a mark. */
function trailerBefore(bytes: Bytes, markAt: number): number | undefined {
  const at = markAt - TRAILER
  if (at < 0 || markAt + MARK.length > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, TRAILER + MARK.length), 'big')
  const [algorithm, hash, kind, ...others] = reader.take(8)
  const length = reader.u32()
  if (kind !== PKCS7 || [algorithm, hash, ...others].some((byte) => byte !== 0)) return undefined
  return length <= MOST_SIGNATURE && reader.latin1(MARK.length) === MARK ? length : undefined
}

/** Of the DER sequence at `at`, its header included; undefined for none of a signature's size. */
function derLength(bytes: Bytes, at: number): number | undefined {
  if (at < 0 || at + DER_HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, DER_HEADER), 'big')
  if (reader.u8() !== DER_SEQUENCE) return undefined
  const form = reader.u8()
  if (form !== LENGTH_IN.one && form !== LENGTH_IN.two) return undefined
  const content = form === LENGTH_IN.one ? reader.u8() : reader.u16()
  const length = DER_HEADER - reader.left + content
  return length <= MOST_SIGNATURE && at + length <= bytes.size ? length : undefined
}

function isSignedData(der: Uint8Array): boolean {
  try {
    return readSignedData(der).signers.length > 0
  } catch (error) {
    if (error instanceof DerError) return false
    throw error
  }
}
