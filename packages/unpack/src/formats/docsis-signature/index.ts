import { type Bytes, Reader } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { type StoredMember, storedAsIs, wrapped } from '../members.ts'

/** SignedData, as a sequence and its content with lengths of 16 bits begin. */
const MAGIC = '\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x82'
const MAGIC_AT = 4
const SEQUENCE = 0x3082
/** Kinds of what stands between signature and image: download parameters, and what is the vendor's own. */
const PARAMETERS = 28
const VENDOR = 43
const TLV_HEADER = 3

export const docsisSignature: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'docsis-signature',
  title:
    'DOCSIS code file: signature in front of the image (cable modems and gateways; MaxLinear Puma and others)',
  references: [
    'CableLabs, CM-SP-SECv3.1, section 14 (secure software download, code file)',
    'fact_extractor, plugins/unpacking/maxlinear/code/maxlinear_puma_8_vendor_image.py',
  ],
  limits: [
    'it is signature and download parameters only: no length of the image stands there, and it is found by what it is',
    'the signature is shown, not verified',
  ],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const file = headOf(bytes, at)
    return file && { start: at, end: file.end }
  },

  ...storedAsIs((bytes, { start }) => {
    const { signature } = headOf(bytes, start) as Head
    return [{ meta: wrapped('signature.p7'), content: { at: start, length: signature } }]
  }),
}

interface Head {
  /** Bytes of the signature. */
  readonly signature: number
  readonly end: number
}

/** What begins at `at`; undefined where no download parameters follow a signature. */
function headOf(bytes: Bytes, at: number): Head | undefined {
  if (at + MAGIC_AT + MAGIC.length > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, MAGIC_AT), 'big')
  if (reader.u16() !== SEQUENCE) return undefined
  const signature = MAGIC_AT + reader.u16()
  const parameters = tlvAt(bytes, at + signature)
  if (parameters?.kind !== PARAMETERS) return undefined
  const vendor = tlvAt(bytes, parameters.end)
  return { signature, end: vendor?.kind === VENDOR ? vendor.end : parameters.end }
}

/** A kind of 8 bits and a length of 16 bits; what lies within has to be made of the same. */
function tlvAt(bytes: Bytes, at: number): { readonly kind: number; readonly end: number } | undefined {
  if (at + TLV_HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, TLV_HEADER), 'big')
  const [kind, length] = [reader.u8(), reader.u16()]
  const end = at + TLV_HEADER + length
  if (end > bytes.size) return undefined
  const inner = new Reader(bytes.view(at + TLV_HEADER, length), 'big')
  while (inner.left >= TLV_HEADER) {
    inner.skip(1)
    const size = inner.u16()
    if (size > inner.left) return undefined
    inner.skip(size)
  }
  return inner.left === 0 ? { kind, end } : undefined
}
