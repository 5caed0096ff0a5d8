import { type Fdt, type FdtNode, fdtProperty, fdtStrings, fdtValue } from '@messlatte/unpack'
import type { SignedMessage } from './facts.ts'

/** Data of images and where it lies: the hash nodes stand for it, so that it can be moved after signing. */
const NOT_HASHED: ReadonlySet<string> = new Set(['data', 'data-size', 'data-position', 'data-offset'])
/** Properties of a configuration that name no image. */
const NO_REFERENCE: ReadonlySet<string> = new Set(['description', 'compatible', 'default'])
/** U-Boot gives up at 100 nodes in all. */
export const MAX_REFERENCES = 64

export interface Reference {
  readonly property: string
  /** Byte string. */
  readonly image: string
  readonly node: FdtNode | undefined
}

/** Images by name; of several with one name the first, as boot loaders find it. */
export type ImageNodes = ReadonlyMap<string, FdtNode>

/**
 * What a configuration starts, told from its own properties, as U-Boot does since `hashed-nodes` is not trusted any
 * more. At most MAX_REFERENCES and one.
 */
export function referencesOf(fdt: Fdt, configuration: FdtNode, images: ImageNodes): readonly Reference[] {
  const seen = new Set(NO_REFERENCE)
  const references: Reference[] = []
  for (const property of configuration.properties) {
    if (seen.has(property.name)) continue
    seen.add(property.name)
    for (const image of fdtStrings(fdt, property) ?? []) {
      if (references.length > MAX_REFERENCES) return references
      references.push({ property: property.name, image, node: images.get(image) })
    }
  }
  return references
}

/** Paths of the nodes that a signature of the configuration has to cover. */
export function nodesToSign(configuration: FdtNode, references: readonly Reference[]): ReadonlySet<string> {
  const covered = references.flatMap(({ node }) =>
    node ? [node, ...node.children.filter(belongsToImage)] : [],
  )
  return new Set(['/', configuration.path, ...covered.map(({ path }) => path)])
}

function belongsToImage({ name }: FdtNode): boolean {
  return name.startsWith('hash') || name === 'cipher' || name === 'dm-verity'
}

/** The nodes that `hashed-nodes` lists; undefined where it is missing or no list. */
export function listedNodes(fdt: Fdt, signature: FdtNode): ReadonlySet<string> | undefined {
  const property = fdtProperty(signature, 'hashed-nodes')
  const listed = property && fdtStrings(fdt, property)
  return listed && new Set(listed)
}

/** How many bytes of the property names are hashed; undefined where none are. */
export function hashedNames(fdt: Fdt, signature: FdtNode): number | undefined {
  const property = fdtProperty(signature, 'hashed-strings')
  if (!property || property.length < 8) return undefined
  return Buffer.from(fdtValue(fdt, property)).readUInt32BE(4)
}

/** What the messages of one FIT may still cost. */
export interface MessageBudget {
  bytes: number
  /** Tokens and nodes looked at. */
  steps: number
}

/**
 * Puts together what a signature of a configuration is made over: of the listed nodes everything but the data, of
 * their parents and direct sub-nodes the frame (U-Boot, doc/usage/fit/signature.rst and boot/fdt_region.c).
 */
export function signedMessage(
  fdt: Fdt,
  nodes: ReadonlySet<string>,
  names: number | undefined,
  budget: MessageBudget,
): SignedMessage {
  if (names !== undefined && names > fdt.stringsSize) return { problem: 'strings-outside' }
  const parts = [...hashedTokens(fdt, nodes), { offset: fdt.at + fdt.stringsOffset, length: names ?? 0 }]
  const size = parts.reduce((sum, { length }) => sum + length, 0)
  if (size > budget.bytes) return { problem: 'too-large' }
  budget.bytes -= size
  return {
    base64: Buffer.concat(parts.map(({ offset, length }) => fdt.bytes.view(offset, length))).toString(
      'base64',
    ),
  }
}

/** How much of a node counts: nothing, its frame, or all; a frame's sub-nodes do not count. */
type Want = 0 | 1 | 2

function* hashedTokens(
  fdt: Fdt,
  nodes: ReadonlySet<string>,
): Iterable<{ readonly offset: number; readonly length: number }> {
  const outer: Want[] = []
  let want: Want = 0
  for (const { kind, offset, length, node, property } of fdt.tokens) {
    if (kind === 'begin') {
      outer.push(want)
      want = nodes.has(node?.path ?? '') ? 2 : want === 2 ? 1 : 0
    }
    const whole = want === 2 && !NOT_HASHED.has(property?.name ?? '')
    const frame = (kind === 'begin' || kind === 'end') && want > 0
    if (kind === 'finish' || frame || ((kind === 'property' || kind === 'nop') && whole))
      yield { offset, length }
    if (kind === 'end') want = outer.pop() ?? 0
  }
}
