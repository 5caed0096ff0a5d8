import {
  type Fdt,
  type FdtNode,
  fdtCell,
  fdtNodes,
  fdtProperty,
  fdtStrings,
  fdtValue,
} from '../formats/fdt/parse.ts'
import { encodeText } from '../names.ts'
import { type Layout, MOST_PARTITIONS, type Partition } from './partition.ts'

const MOST_NODES = 20_000

/** The layouts of all chips that a device tree describes: Linux kernel, bindings/mtd/partitions/fixed-partitions.yaml. */
export function layoutsOf(tree: Fdt): readonly Layout[] {
  return [...fdtNodes(tree, MOST_NODES)].flatMap((node) => {
    const partitions = holdsPartitions(tree, node) ? partitionsOf(tree, node) : []
    return partitions.length > 0 ? [{ chip: encodeText(node.path), partitions }] : []
  })
}

/** Older trees put the partitions right into the chip's node. */
function holdsPartitions(tree: Fdt, node: FdtNode): boolean {
  const compatible = fdtProperty(node, 'compatible')
  const kinds = compatible ? (fdtStrings(tree, compatible) ?? []) : []
  return kinds.includes('fixed-partitions') || node.children.some(({ name }) => /^partition@/.test(name))
}

function partitionsOf(tree: Fdt, node: FdtNode): readonly Partition[] {
  const [addressCells, sizeCells] = [
    cellsOf(tree, node, '#address-cells'),
    cellsOf(tree, node, '#size-cells'),
  ]
  const partitions: Partition[] = []
  for (const child of node.children.slice(0, MOST_PARTITIONS)) {
    const reg = fdtProperty(child, 'reg')
    const numbers = reg && cellNumbers(fdtValue(tree, reg), [addressCells, sizeCells])
    if (!numbers) continue
    const label = fdtProperty(child, 'label')
    const name = (label && fdtStrings(tree, label)?.[0]) ?? child.name.replace(/@.*$/, '')
    const readOnly = fdtProperty(child, 'read-only') !== undefined
    partitions.push({ name: encodeText(name), offset: numbers[0] ?? 0, size: numbers[1], readOnly })
  }
  return partitions.sort((a, b) => a.offset - b.offset)
}

function cellsOf(tree: Fdt, node: FdtNode, name: string): number {
  const property = fdtProperty(node, name)
  const value = property && fdtCell(tree, property)
  return value === 1 || value === 2 ? value : 1
}

/** Numbers of so many big-endian cells each; undefined where they are not all there. */
function cellNumbers(value: Uint8Array, widths: readonly number[]): readonly number[] | undefined {
  const view = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  const numbers: number[] = []
  let at = 0
  for (const cells of widths) {
    if (at + 4 * cells > view.length) return undefined
    numbers.push(cells === 1 ? view.readUInt32BE(at) : Number(view.readBigUInt64BE(at)))
    at += 4 * cells
  }
  return numbers.every(Number.isSafeInteger) ? numbers : undefined
}
