import { type Bytes, Reader } from '@messlatte/bytes'

/** With the version behind it. */
export const MAGIC = 'CKSM\x19\x07\x04\x16'
export const HEADER_BYTES = 64

/** Novatek SDK, nvtpack.h (`NVTPACK_CHKSUM_HDR`): little endian. */
export interface NovatekCksm {
  /** Of the content, from the start of the header. */
  readonly offset: number
  /** Bytes. */
  readonly length: number
  readonly padding: number
}

/** The header at `at`, or undefined. */
export function parseNovatekCksm(bytes: Bytes, at: number): NovatekCksm | undefined {
  if (at + HEADER_BYTES > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER_BYTES), 'little')
  if (reader.latin1(8) !== MAGIC) return undefined
  reader.skip(8)
  const [offset, length, padding] = [reader.u32(), reader.u32(), reader.u32()]
  return offset >= HEADER_BYTES && offset <= 4096 && length > 0 && padding < 4096
    ? { offset, length, padding }
    : undefined
}
