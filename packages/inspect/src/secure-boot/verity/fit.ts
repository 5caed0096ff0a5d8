import {
  encodeText,
  type Fdt,
  type FdtNode,
  FormatError,
  fdtCell,
  fdtProperty,
  fdtStrings,
  fdtValue,
  fitImages,
  parseFdt,
} from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { sound, type VerityTable } from './table.ts'

const NODE = 'dm-verity'
const MOST_IMAGES = 64
const MOST_DIGITS = 256

/**
 * Images of a FIT that bring their tree along: a boot loader makes the kernel's table from the node beside the data.
 * Flat Image Tree Specification, "dm-verity nodes"; U-Boot, tools/image-host.c.
 */
export function lookAtImages(artefact: Artefact, out: MapOut): void {
  const tree = treeOf(artefact)
  if (!tree) return
  let found = 0
  for (const { node, data } of fitImages(tree).slice(0, MOST_IMAGES)) {
    const verity = node.children.find(({ name }) => name === NODE)
    const table = verity && tableOf(tree, verity)
    if (!table || !data || data.at + data.length > artefact.bytes.size) continue
    const inner = `images/${encodeText(node.name)}`
    const member = `${artefact.path}/${inner}`
    // What a signature of the FIT covers is told by the image: its node with all that stands in it.
    const place = { path: member, root: artefact.path, inner, offset: 0, length: data.length, sha256: '' }
    const image = { path: artefact.path, offset: data.at, length: data.length, member }
    out.fact('boot.verity.table', place, { ...table, image })
    out.fact('boot.verity.root-hash', place, { how: 'fit', value: table.root })
    found++
  }
  if (found > 0) out.pin(artefact)
}

function treeOf({ bytes }: Artefact): Fdt | undefined {
  try {
    return parseFdt(bytes, 0)
  } catch (error) {
    // Damage is the reader's to tell.
    if (error instanceof FormatError) return undefined
    throw error
  }
}

function tableOf(tree: Fdt, node: FdtNode): VerityTable | undefined {
  const cell = (name: string) => {
    const property = fdtProperty(node, name)
    return (property && fdtCell(tree, property)) ?? Number.NaN
  }
  const digits = (name: string) => {
    const property = fdtProperty(node, name)
    return property && property.length <= MOST_DIGITS
      ? Buffer.from(fdtValue(tree, property)).toString('hex')
      : ''
  }
  const algorithm = fdtProperty(node, 'algo')
  const hashBlock = cell('hash-block-size')
  return sound({
    algorithm: (algorithm && fdtStrings(tree, algorithm)?.[0]) ?? '',
    hashType: 1,
    dataBlock: cell('data-block-size'),
    hashBlock,
    dataBlocks: cell('num-data-blocks'),
    treeAt: cell('hash-start-block') * hashBlock,
    salt: digits('salt'),
    root: digits('digest'),
    together: true,
  })
}
