import { type Bytes, latin1 } from '@messlatte/bytes'
import { inlay } from '../inlay.ts'

const MAGIC = '\0asm\x01\0\0\0'
const CUSTOM = 0
/** The order in which sections come, by their numbers; each but custom ones once. */
const ORDER = [1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11]
const MOST_SECTIONS = 10_000

interface Section {
  readonly id: number
  readonly end: number
}

export const wasm = inlay(
  {
    name: 'wasm',
    title: 'WebAssembly modules',
    references: ['W3C, WebAssembly Core Specification, section 5.5'],
    limits: [
      'it ends where no further section follows: how many there are is not told',
      'components are not recognised',
    ],
    magic: [{ bytes: MAGIC, at: 0 }],
    carve: true,
  },
  (bytes, at) => {
    let end = at + MAGIC.length
    let place = -1
    for (let count = 0; count < MOST_SECTIONS; count++) {
      const section = sectionAt(bytes, end)
      if (!section) break
      if (section.id !== CUSTOM) {
        const next = ORDER.indexOf(section.id)
        if (next <= place) break
        place = next
      }
      end = section.end
    }
    return place < 0 ? undefined : end
  },
)

/** A number, a length, and so many bytes; custom ones begin with a name. */
function sectionAt(bytes: Bytes, at: number): Section | undefined {
  const head = bytes.view(at, Math.min(16, bytes.size - at))
  const id = head[0]
  const length = lebAt(head, 1)
  if (id === undefined || !length || length.value < 1) return undefined
  const end = at + length.end + length.value
  if (end > bytes.size || (id !== CUSTOM && !ORDER.includes(id))) return undefined
  if (id !== CUSTOM) return { id, end }
  const name = lebAt(head, length.end)
  if (!name || name.value < 1 || name.end + name.value > length.end + length.value) return undefined
  return /^[ -~]+$/.test(latin1(bytes.view(at + name.end, name.value))) ? { id, end } : undefined
}

/** Seven bits a byte, the lowest first. */
function lebAt(view: Uint8Array, from: number): { readonly value: number; readonly end: number } | undefined {
  let value = 0
  for (let index = 0; index < 5; index++) {
    const byte = view[from + index]
    if (byte === undefined) return undefined
    value += (byte & 0x7f) * 2 ** (7 * index)
    if (byte < 0x80) return { value, end: from + index + 1 }
  }
  return undefined
}
