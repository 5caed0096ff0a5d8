import { type Bytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'
import type { Pe } from './parse.ts'

/** WIN_CERTIFICATE, little endian. PE format, section "The Attribute Certificate Table". */
export interface PeCertificate {
  /** 0x0200 in all that is written today. */
  readonly revision: number
  /** 0x0002 PKCS #7 signed data (Authenticode), 0x0ef1 one with a GUID. */
  readonly type: number
  readonly content: Stored
}

const HEADER = 8
const ALIGNMENT = 8

/** The entries of an image's table of certificates, as far as they lie within it. */
export function peCertificates(bytes: Bytes, { certificates }: Pe): readonly PeCertificate[] {
  if (!certificates) return []
  const end = Math.min(certificates.at + certificates.length, bytes.size)
  const entries: PeCertificate[] = []
  for (let at = certificates.at; at + HEADER <= end; ) {
    const reader = new Reader(bytes.view(at, HEADER), 'little')
    const [length, revision, type] = [reader.u32(), reader.u16(), reader.u16()]
    if (length < HEADER || at + length > end) break
    entries.push({ revision, type, content: { at: at + HEADER, length: length - HEADER } })
    at += Math.ceil(length / ALIGNMENT) * ALIGNMENT
  }
  return entries
}
