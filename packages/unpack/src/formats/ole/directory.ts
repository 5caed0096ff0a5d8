import { Reader } from '@messlatte/bytes'
import { filetimeSeconds } from '../filetime.ts'
import { guidText, utf16Name } from '../uefi-guid.ts'
import { installerName } from './names.ts'

export const ENTRY = 128
const [STORAGE, STREAM, ROOT] = [1, 2, 5] as const
const NONE = 0xffff_ffff
const NAME = 64
const MOST_DEPTH = 64
/** Packages, patches and transforms of Windows Installer. */
const INSTALLER = /^000C108[1-6]-0000-0000-C000-000000000046$/

export interface Stored {
  /** Byte string, with the storages it lies in. */
  readonly path: string
  readonly isStorage: boolean
  readonly first: number
  /** Bytes. */
  readonly size: number
  readonly mtime: number | undefined
}

interface Entry extends Omit<Stored, 'path' | 'isStorage'> {
  readonly type: number
  readonly name: Uint8Array
  readonly left: number
  readonly right: number
  readonly child: number
  readonly classId: string
}

/** The root: its stream holds what is short. */
export function rootOf(directory: Uint8Array): Pick<Stored, 'first' | 'size'> | undefined {
  const root = entryAt(directory, 0)
  return root?.type === ROOT ? root : undefined
}

/** All storages and streams, each once, however the tree is knotted. */
export function* storedIn(directory: Uint8Array, isLarge: boolean): Generator<Stored> {
  const root = entryAt(directory, 0)
  if (root?.type !== ROOT) return
  const isInstaller = INSTALLER.test(root.classId)
  const seen = new Set<number>()
  const left = [{ index: root.child, folder: '', depth: 0 }]
  for (let next = left.pop(); next; next = left.pop()) {
    const { index, folder, depth } = next
    const entry = seen.has(index) ? undefined : entryAt(directory, index, isLarge)
    seen.add(index)
    if (!entry) continue
    left.push({ ...next, index: entry.right }, { ...next, index: entry.left })
    const isStorage = entry.type === STORAGE
    if (!isStorage && entry.type !== STREAM) continue
    const name = isInstaller ? installerName(entry.name) : utf16Name(entry.name)
    const path = folder + name.replaceAll('/', '_')
    if (isStorage && depth < MOST_DEPTH)
      left.push({ index: entry.child, folder: `${path}/`, depth: depth + 1 })
    yield { path, isStorage, first: entry.first, size: entry.size, mtime: entry.mtime }
  }
}

function entryAt(directory: Uint8Array, index: number, isLarge = false): Entry | undefined {
  if (index === NONE || (index + 1) * ENTRY > directory.length) return undefined
  const reader = new Reader(directory.subarray(index * ENTRY, (index + 1) * ENTRY), 'little')
  const name = reader.take(NAME)
  const length = Math.min(reader.u16(), NAME)
  const type = reader.u8()
  reader.skip(1)
  const [left, right, child] = [reader.u32(), reader.u32(), reader.u32()]
  const classId = guidText(reader.take(16))
  reader.skip(12)
  const modified = reader.u64()
  const [first, size, sizeHigh] = [reader.u32(), reader.u32(), reader.u32()]
  return {
    type,
    name: name.subarray(0, Math.max(0, length - 2)),
    left,
    right,
    child,
    classId,
    first,
    // Writers of version 3 may leave anything in the upper half.
    size: isLarge ? sizeHigh * 2 ** 32 + size : size,
    mtime: modified === 0n ? undefined : filetimeSeconds(modified),
  }
}
