import { encodeText, type Fdt, type FdtNode, fdtNode } from '@messlatte/unpack'
import type { FitImage, Oddity } from './facts.ts'

const MAX_ODDITIES = 64
const USUAL_NAME = /^[A-Za-z0-9,._+-]+$/

/** What well-made FITs do not have, and what boot loaders have been misled with. */
export function findOddities(fdt: Fdt, images: readonly FitImage[]): readonly Oddity[] {
  const parents = ['/images', '/configurations'].flatMap((path) => fdtNode(fdt, path) ?? [])
  const members = parents.flatMap((parent) => parent.children)
  const nodes = [fdt.root, ...parents, ...members, ...members.flatMap((node) => node.children)]
  return [...nodes.flatMap(oddNode), ...overlaps(fdt, images)].slice(0, MAX_ODDITIES)
}

function oddNode(node: FdtNode): readonly Oddity[] {
  const at = encodeText(node.path.slice(0, 256))
  const oddities: Oddity[] = []
  // libfdt takes names that differ only behind the "@" for equal: CVE-2021-27138.
  if (node.name.includes('@')) oddities.push({ what: 'unit-address', node: at })
  else if (node.depth > 0 && !USUAL_NAME.test(node.name)) oddities.push({ what: 'odd-name', node: at })
  if (hasTwice(node.properties)) oddities.push({ what: 'property-twice', node: at })
  if (hasTwice(node.children)) oddities.push({ what: 'name-twice', node: at })
  return oddities
}

function hasTwice(named: readonly { readonly name: string }[]): boolean {
  return new Set(named.map(({ name }) => name)).size < named.length
}

/** Data outside of the tree that shares bytes with the tree or with other data. */
function overlaps(fdt: Fdt, images: readonly FitImage[]): readonly Oddity[] {
  const ranges = images
    .flatMap(({ name, data }) =>
      'offset' in data && data.place !== 'inline'
        ? [{ name, start: data.offset, end: data.offset + data.length }]
        : [],
    )
    .sort((a, b) => a.start - b.start)
  let end = fdt.totalSize
  const found: Oddity[] = []
  for (const range of ranges) {
    if (range.start < end) found.push({ what: 'data-overlaps', node: `/images/${range.name}` })
    end = Math.max(end, range.end)
  }
  return found
}
