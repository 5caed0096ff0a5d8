import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { LeafFormat } from '../../contract.ts'

const HEADER = 8
const REVISION = 0x0200
const PKCS7 = 0x0002
const ALIGNMENT = 8
const SEQUENCE = 0x30
/** OBJECT IDENTIFIER 1.2.840.113549.1.7.2: signed data. */
const SIGNED_DATA = '\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02'
/** More certificates than anybody puts behind each other. */
const MOST_ENTRIES = 64

export const peCertificate: LeafFormat = {
  kind: 'leaf',
  name: 'pe-certificate',
  title: 'Signature of a Windows program (Authenticode) behind what was appended to it',
  references: [
    'Microsoft PE format, "The Attribute Certificate Table"',
    'Windows Authenticode Portable Executable Signature Format',
  ],
  limits: ['the signature is not checked here'],
  magic: [{ bytes: '\x00\x02\x02\x00\x30', at: 4 }],
  carve: true,

  recognise(bytes, at) {
    let end = at
    for (let count = 0; count < MOST_ENTRIES; count++) {
      const next = entryEnd(bytes, end)
      if (next === undefined) break
      end = next
    }
    return end > at ? { start: at, end } : undefined
  },
}

/** Behind a WIN_CERTIFICATE with signed data, filled up to eight bytes. */
function entryEnd(bytes: Bytes, at: number): number | undefined {
  if (at + HEADER + 4 + SIGNED_DATA.length > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  const [length, revision, type] = [reader.u32(), reader.u16(), reader.u16()]
  const end = at + Math.ceil(length / ALIGNMENT) * ALIGNMENT
  if (revision !== REVISION || type !== PKCS7 || at + length > bytes.size) return undefined
  const der = derAt(bytes, at + HEADER)
  if (!der || der.end > at + length || der.end + ALIGNMENT <= at + length) return undefined
  if (latin1(bytes.view(der.content, SIGNED_DATA.length)) !== SIGNED_DATA) return undefined
  return Math.min(end, bytes.size)
}

/** A sequence of DER whose length takes two or three bytes. */
function derAt(bytes: Bytes, at: number): { readonly content: number; readonly end: number } | undefined {
  const head = bytes.view(at, 5)
  const size = (head[1] as number) - 0x80
  if (head[0] !== SEQUENCE || (size !== 2 && size !== 3)) return undefined
  let length = 0
  for (let index = 0; index < size; index++) length = length * 256 + (head[2 + index] as number)
  const content = at + 2 + size
  return { content, end: content + length }
}
