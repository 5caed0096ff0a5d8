/** An element of DER (X.690): offsets are those in the bytes it was read from. */
export interface DerNode {
  readonly tag: number
  /** Of the content. */
  readonly at: number
  /** Behind the content. */
  readonly end: number
}

export const DER_SEQUENCE = 0x30
export const DER_SET = 0x31
export const DER_OCTETS = 0x04
const OBJECT_IDENTIFIER = 0x06

/** The element at `at`; undefined for what is none. Lengths must be definite and tags of one byte, as CMS has them. */
export function derAt(bytes: Uint8Array, at: number, limit = bytes.length): DerNode | undefined {
  const header = derHeader(bytes, at)
  return header && header.end <= limit ? header : undefined
}

/** As `derAt`, but the content may lie behind the end of the bytes. */
export function derHeader(bytes: Uint8Array, at: number): DerNode | undefined {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return undefined
  if (first < 0x80) return { tag, at: at + 2, end: at + 2 + first }
  const count = first & 0x7f
  if (count < 1 || count > 4 || at + 2 + count > bytes.length) return undefined
  let length = 0
  for (let i = 0; i < count; i++) length = length * 256 + (bytes[at + 2 + i] as number)
  return { tag, at: at + 2 + count, end: at + 2 + count + length }
}

/** The elements within one, in their order; what comes behind damage is left out. */
export function derChildren(bytes: Uint8Array, { at, end }: DerNode): readonly DerNode[] {
  const children: DerNode[] = []
  for (let next = at; next < end; ) {
    const child = derAt(bytes, next, end)
    if (!child) break
    children.push(child)
    next = child.end
  }
  return children
}

/** The content of an object identifier, in hex; undefined where it is none. */
export function derOid(bytes: Uint8Array, node: DerNode | undefined): string | undefined {
  if (node?.tag !== OBJECT_IDENTIFIER) return undefined
  return Buffer.from(bytes.subarray(node.at, node.end)).toString('hex')
}
