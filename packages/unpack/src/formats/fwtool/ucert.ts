import { BytesError, Reader } from '@messlatte/bytes'

/** An element of a chain: a certificate where it has a payload, else the signature over the image. */
export interface UcertElement {
  /** As usign writes them, a text. */
  readonly signature: Uint8Array
  /** What the signature is over. */
  readonly payload: Uint8Array | undefined
  readonly certificate: Ucert | undefined
}

export interface Ucert {
  /** 1 vouches for a key, 2 revokes one. */
  readonly type: number
  /** Seconds since 1970; undefined where it has none. */
  readonly validFrom: number | undefined
  readonly expires: number | undefined
  /** A public key as usign writes it, a text. */
  readonly publicKey: string | undefined
}

const MOST_ELEMENTS = 16
const HEADER = 4
const TABLE = 2
const STRING = 3
const INT64 = 4
const INT32 = 5

interface Attribute {
  readonly id: number
  readonly extended: boolean
  readonly content: Uint8Array
}

/**
 * A chain of ucert: blobs of libubox one behind the other, big endian. u32: bit 31 extended, 7 bits of id, 24 bits of size
 * with these four bytes; padded to four. What cannot be read ends it, as for ucert. OpenWrt, ucert.c; libubox, blob.h.
 */
export function readUcert(chain: Uint8Array): readonly UcertElement[] {
  const elements: UcertElement[] = []
  for (const { content } of attributesOf(chain)) {
    const parts = attributesOf(content)
    const signature = parts.find(({ id }) => id === 0)?.content
    const payload = parts.find(({ id }) => id === 1)?.content
    if (!signature || elements.length === MOST_ELEMENTS) break
    elements.push({ signature, payload, certificate: payload && certificateIn(payload) })
  }
  return elements
}

function attributesOf(bytes: Uint8Array): readonly Attribute[] {
  const attributes: Attribute[] = []
  for (let at = 0; at + HEADER <= bytes.length; ) {
    const word = new Reader(bytes.subarray(at, at + HEADER), 'big').u32()
    const size = word & 0xffffff
    if (size < HEADER || at + size > bytes.length) break
    attributes.push({
      id: (word >>> 24) & 0x7f,
      extended: word >>> 31 === 1,
      content: bytes.subarray(at + HEADER, at + size),
    })
    at += (size + 3) & ~3
  }
  return attributes
}

function certificateIn(payload: Uint8Array): Ucert | undefined {
  const fields = fieldsOf(payload).get('ucert')
  if (fields?.type !== TABLE) return undefined
  const inside = fieldsOf(fields.value)
  const number = (name: string): number | undefined => {
    const field = inside.get(name)
    if (field?.type === INT32 && field.value.length === 4) return new Reader(field.value, 'big').u32()
    if (field?.type === INT64 && field.value.length === 8)
      return Number(Buffer.from(field.value).readBigUInt64BE())
    return undefined
  }
  const key = inside.get('pubkey')
  return {
    type: number('certtype') ?? 0,
    validFrom: number('validfrom'),
    expires: number('expiresat'),
    publicKey:
      key?.type === STRING ? Buffer.from(key.value).toString('latin1').replace(/\0+$/, '') : undefined,
  }
}

/** Attributes with a name: u16 length of it, the name, zeros up to a multiple of four, the value. libubox, blobmsg.h. */
function fieldsOf(
  bytes: Uint8Array,
): ReadonlyMap<string, { readonly type: number; readonly value: Uint8Array }> {
  const fields = new Map<string, { type: number; value: Uint8Array }>()
  for (const { id, extended, content } of attributesOf(bytes)) {
    if (!extended) continue
    try {
      const reader = new Reader(content, 'big')
      const length = reader.u16()
      fields.set(reader.latin1(length), { type: id, value: content.subarray((2 + length + 1 + 3) & ~3) })
    } catch (error) {
      if (!(error instanceof BytesError)) throw error
    }
  }
  return fields
}
