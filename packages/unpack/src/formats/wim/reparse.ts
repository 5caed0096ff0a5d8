import { BytesError, latin1, Reader } from '@messlatte/bytes'

const MOUNT_POINT = 0xa000_0003
const SYMLINK = 0xa000_000c
const LX_SYMLINK = 0xa000_001d

/** Whether it marks a link with a target. */
export function isLinkTag(tag: number): boolean {
  return tag === MOUNT_POINT || tag === SYMLINK || tag === LX_SYMLINK
}

/**
 * Target of a link (byte string in UTF-8) out of what stands behind the header of its reparse point, little endian; with `/`
 * between its parts, and without a drive. Undefined where it cannot be read.
 * Facts: [MS-FSCC], sections 2.1.2.4 and 2.1.2.5.
 */
export function targetOf(tag: number, data: Uint8Array): string | undefined {
  if (tag === LX_SYMLINK) return data.length >= 4 ? latin1(data.subarray(4)) : undefined
  try {
    const reader = new Reader(data, 'little')
    const [substituteAt, substituteLength] = [reader.u16(), reader.u16()]
    const [printAt, printLength] = [reader.u16(), reader.u16()]
    if (tag === SYMLINK) reader.skip(4)
    const names = data.subarray(reader.at)
    // The one that people see need not be there.
    const name = printLength > 0 ? textAt(names, printAt, printLength) : ''
    return unixPath(name === '' ? textAt(names, substituteAt, substituteLength) : name)
  } catch (error) {
    if (error instanceof BytesError) return undefined
    throw error
  }
}

/** @throws BytesError */
function textAt(names: Uint8Array, at: number, length: number): string {
  return Buffer.from(new Reader(names, 'little', at).take(length)).toString('utf16le')
}

function unixPath(name: string): string {
  const path = name
    .replace(/^\\\?\?\\/, '')
    .replace(/^[a-z]:(?=\\|$)/i, '')
    .replaceAll('\\', '/')
  return latin1(Buffer.from(path))
}
