import { latin1 } from '@messlatte/bytes'

/** A byte string in UTF-8 of what begins with 8 or 16, the bits of a character (UDF 2.60, section 2.1.1). */
export function textOf(field: Uint8Array): string {
  const characters = field.subarray(1)
  switch (field[0]) {
    case 8:
    case 254:
      return utf8(latin1(characters))
    case 16:
    case 255: {
      const swapped = Buffer.from(characters.subarray(0, characters.length & ~1)).swap16()
      return utf8(swapped.toString('utf16le'))
    }
    default:
      return ''
  }
}

function utf8(text: string): string {
  return Buffer.from(text).toString('latin1')
}

const COMPONENT = 4

/** Where a link leads to: components, each behind its kind and its length (ECMA-167, section 4/14.16). */
export function targetOf(path: Uint8Array): string {
  const parts: string[] = []
  let isAbsolute = false
  for (let at = 0; at + COMPONENT <= path.length; ) {
    const [kind, length] = [path[at] as number, path[at + 1] as number]
    const end = at + COMPONENT + length
    switch (kind) {
      case 1:
      case 2:
        isAbsolute = true
        parts.length = 0
        break
      case 3:
        parts.push('..')
        break
      case 4:
        parts.push('.')
        break
      case 5:
        parts.push(textOf(path.subarray(at + COMPONENT, end)))
        break
      default:
        return ''
    }
    at = end
  }
  return `${isAbsolute ? '/' : ''}${parts.join('/')}`
}
