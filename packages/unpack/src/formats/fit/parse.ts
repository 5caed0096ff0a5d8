import { type Fdt, type FdtNode, fdtCell, fdtNode, fdtProperty } from '../fdt/parse.ts'
import { isZero, type Stored } from '../members.ts'

export interface FitImage {
  readonly node: FdtNode
  /** Where its data lies in the source; it may run over the end. Undefined when the node tells none. */
  readonly data: Stored | undefined
  /** Whether it lies behind the tree. */
  readonly external: boolean
}

/** A device tree that holds images with data. */
export function isFit(tree: Fdt): boolean {
  return fitImages(tree).some(({ data }) => data !== undefined)
}

/** The images of a FIT, in their order. */
export function fitImages(tree: Fdt): readonly FitImage[] {
  return (fdtNode(tree, '/images')?.children ?? []).map((node) => imageOf(tree, node))
}

/** Where both are told, U-Boot takes the data outside of the tree: so do we, or a redirected image would hide. */
function imageOf(tree: Fdt, node: FdtNode): FitImage {
  const cell = (name: string) => {
    const property = fdtProperty(node, name)
    return property && fdtCell(tree, property)
  }
  const length = cell('data-size')
  const position = cell('data-position')
  const offset = cell('data-offset')
  if (length === undefined || (position === undefined && offset === undefined)) {
    const inside = fdtProperty(node, 'data')
    return { node, data: inside && { at: inside.offset, length: inside.length }, external: !inside }
  }
  const at = tree.at + (position ?? externalBase(tree) + (offset as number))
  return { node, data: { at, length }, external: true }
}

/** `data-offset` counts from behind the tree, padded to four bytes. */
function externalBase(tree: Fdt): number {
  return Math.ceil(tree.totalSize / 4) * 4
}

/** Behind the tree and all data that belongs to it, with the zeros that pad it to four bytes. */
export function fitEnd(tree: Fdt): number {
  const ends = fitImages(tree).map(({ data }) => (data ? data.at + data.length : 0))
  const end = ends.reduce((most, one) => Math.max(most, one), tree.at + tree.totalSize)
  const padded = tree.at + Math.ceil((end - tree.at) / 4) * 4
  return padded <= tree.bytes.size && isZero(tree.bytes, end, padded) ? padded : end
}
