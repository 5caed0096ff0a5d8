import { type Bytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

const NAME = 'Intel_Unified_Image'
/** What differs between the versions: places of the sizes and kinds of the parts, and bytes of the header. */
const VERSIONS = {
  VER2: { sizesAt: 92, kindsAt: 132, header: 160, most: 10 },
  VER3: { sizesAt: 132, kindsAt: 212, header: 252, most: 20 },
} as const
export const MAGICS = Object.keys(VERSIONS).map((version) => `${version}${NAME}`)
const COUNT_AT = 40
/** What the parts are for: two processors, and the gateway's files. */
const KINDS: Readonly<Record<number, string>> = {
  2: 'atom-kernel',
  3: 'atom-rootfs',
  8: 'arm-kernel',
  9: 'arm-rootfs',
  10: 'gateway-rootfs',
}

export interface MaxlinearPart extends Stored {
  readonly name: string
}

/** FACT extractor, maxlinear_uimage.py: big endian. The parts of the image at `at`, or undefined for what is none. */
export function parseMaxlinearUimage(bytes: Bytes, at: number): readonly MaxlinearPart[] | undefined {
  const first = new Reader(bytes.view(at, 4 + NAME.length + 1), 'big')
  const version = VERSIONS[first.latin1(4) as keyof typeof VERSIONS]
  if (version === undefined || first.latin1(NAME.length + 1) !== `${NAME}\0`) return undefined
  if (at + version.header > bytes.size) return undefined
  const header = bytes.view(at, version.header)
  const count = new Reader(header, 'big', COUNT_AT).u32()
  if (count === 0 || count > version.most) return undefined
  const sizes = new Reader(header, 'big', version.sizesAt)
  const parts: MaxlinearPart[] = []
  let place = at + version.header
  for (let index = 0; index < count; index++) {
    const length = sizes.u32()
    const kind = header[version.kindsAt + index] as number
    if (length > 0) parts.push({ name: KINDS[kind] ?? `part-${kind}`, at: place, length })
    place += length
  }
  return parts.length === 0 ? undefined : parts
}
