import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { parseFdtHeader } from './fdt/parse.ts'
import { fit } from './fit/index.ts'

const TREE = '\xd0\x0d\xfe\xed'
const TREE_HEADER = 40

export interface TreeBehind {
  /** Behind the device tree, where one follows, or at the end of the bytes, where it is cut off. */
  readonly end: number
  readonly cut: boolean
}

/** The device tree that U-Boot's build puts behind the program, or as much of it as there is; undefined where something else begins. */
export function treeBehind(bytes: Bytes, at: number): TreeBehind | undefined {
  if (at >= bytes.size) return at === bytes.size ? { end: at, cut: false } : undefined
  const there = latin1(bytes.view(at, Math.min(TREE.length, bytes.size - at)))
  if (!TREE.startsWith(there)) return undefined
  const size = at + 8 > bytes.size ? TREE_HEADER : new Reader(bytes.view(at + 4, 4), 'big').u32()
  if (at + size > bytes.size) return { end: bytes.size, cut: true }
  // Trees of several boards, or what an SPL loads: a container of its own, whose contents may lie behind it.
  if (fit.recognise(bytes, at)) return { end: at, cut: false }
  return { end: at + parseFdtHeader(bytes, at).totalSize, cut: false }
}
