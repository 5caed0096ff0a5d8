import { cString } from '@messlatte/bytes'
import {
  encodeText,
  type Fdt,
  type FdtNode,
  fdtCell,
  fdtNode,
  fdtProperty,
  fdtValue,
} from '@messlatte/unpack'
import type {
  Configuration,
  ConfigurationSignature,
  FitFact,
  FitImage,
  HashNode,
  ImageData,
  SignatureNode,
} from './facts.ts'
import {
  hashedNames,
  type ImageNodes,
  listedNodes,
  MAX_REFERENCES,
  type MessageBudget,
  nodesToSign,
  type Reference,
  referencesOf,
  signedMessage,
} from './message.ts'
import { findOddities } from './oddities.ts'

const MAX_IMAGES = 512
const MAX_CONFIGURATIONS = 256
const MAX_SIGNATURES = 8
const MAX_HASHES = 16
/** Bytes of names, algorithms and the like. */
const MAX_TEXT = 256
/** Bytes of the longest hash (SHA-512) and of an RSA signature of 16,384 bits. */
const MAX_HASH = 64
const MAX_SIGNATURE = 2048
const MAX_LISTED = 32
/** Bytes of all messages of one FIT; one is a few kilobytes. */
const MAX_MESSAGES = 8 * 1024 * 1024
const MAX_STEPS = 20_000_000

/** What a FIT says about itself. Nothing is verified here. */
export function readFit(fdt: Fdt): FitFact {
  const images = fdtNode(fdt, '/images')?.children ?? []
  const configurations = fdtNode(fdt, '/configurations')
  const byName: ImageNodes = new Map([...images].reverse().map((node) => [node.name, node]))
  const budget: MessageBudget = { bytes: MAX_MESSAGES, steps: MAX_STEPS }
  const defaultName = configurations ? textOf(fdt, configurations, 'default') : ''
  const all = [...images, ...(configurations?.children ?? [])]
  const read = images.slice(0, MAX_IMAGES).map((node) => readImage(fdt, node))
  return {
    state: 'read',
    images: read,
    configurations: (configurations?.children ?? []).slice(0, MAX_CONFIGURATIONS).map((node) => {
      const references = referencesOf(fdt, node, byName)
      return readConfiguration(fdt, node, references, defaultName, budget)
    }),
    oddities: findOddities(fdt, read),
    cut:
      images.length > MAX_IMAGES ||
      (configurations?.children.length ?? 0) > MAX_CONFIGURATIONS ||
      all.some((node) => node.children.filter(isSignature).length > MAX_SIGNATURES),
  }
}

function readImage(fdt: Fdt, node: FdtNode): FitImage {
  return {
    name: shortened(node.name),
    type: textOf(fdt, node, 'type'),
    os: textOf(fdt, node, 'os'),
    data: dataOf(fdt, node),
    hashes: node.children
      .filter(({ name }) => name.startsWith('hash'))
      .slice(0, MAX_HASHES)
      .map((hash) => readHash(fdt, hash)),
    signatures: node.children
      .filter(isSignature)
      .slice(0, MAX_SIGNATURES)
      .map((one) => readSignature(fdt, one)),
    encrypted: node.children.some(({ name }) => name === 'cipher'),
    verity: node.children.some(({ name }) => name === 'dm-verity'),
  }
}

/** In the order in which boot loaders look: data outside of the tree comes before data in it. */
function dataOf(fdt: Fdt, node: FdtNode): ImageData {
  const cell = (name: string) => {
    const property = fdtProperty(node, name)
    return property && fdtCell(fdt, property)
  }
  const position = cell('data-position')
  const offset = cell('data-offset')
  if (position !== undefined || offset !== undefined) {
    const length = cell('data-size')
    if (length === undefined) return { place: 'missing' }
    const place = position === undefined ? 'offset' : 'position'
    const start = position ?? (offset ?? 0) + Math.ceil(fdt.totalSize / 4) * 4
    return fdt.at + start + length <= fdt.bytes.size ? { place, offset: start, length } : { place: 'outside' }
  }
  const inline = fdtProperty(node, 'data')
  return inline
    ? { place: 'inline', offset: inline.offset - fdt.at, length: inline.length }
    : { place: 'missing' }
}

function readHash(fdt: Fdt, node: FdtNode): HashNode {
  return {
    node: shortened(node.path),
    algorithm: textOf(fdt, node, 'algo'),
    value: Buffer.from(digits(fdt, node, MAX_HASH)).toString('hex'),
    ignored: ignored(fdt, node),
  }
}

function ignored(fdt: Fdt, node: FdtNode): boolean {
  const property = fdtProperty(node, 'uboot-ignore')
  return property !== undefined && fdtCell(fdt, property) !== 0
}

function readSignature(fdt: Fdt, node: FdtNode): SignatureNode {
  const value = fdtProperty(node, 'value')
  return {
    node: shortened(node.path),
    algorithm: textOf(fdt, node, 'algo'),
    padding: textOf(fdt, node, 'padding') || 'pkcs-1.5',
    keyNameHint: textOf(fdt, node, 'key-name-hint'),
    value: Buffer.from(digits(fdt, node, MAX_SIGNATURE)).toString('base64'),
    offset: value ? value.offset - fdt.at : 0,
    length: value?.length ?? 0,
  }
}

function readConfiguration(
  fdt: Fdt,
  node: FdtNode,
  references: readonly Reference[],
  defaultName: string,
  budget: MessageBudget,
): Configuration {
  return {
    name: encodeText(node.name),
    isDefault: encodeText(node.name) === defaultName,
    references: references.slice(0, MAX_REFERENCES).map(({ property, image, node: found }) => ({
      property: shortened(property),
      image: shortened(image),
      present: found !== undefined,
    })),
    signatures: node.children
      .filter(isSignature)
      .slice(0, MAX_SIGNATURES)
      .map((signature) => ({
        ...readSignature(fdt, signature),
        ...readCoverage(fdt, node, signature, references, budget),
      })),
  }
}

type Coverage = Omit<ConfigurationSignature, keyof SignatureNode>

function readCoverage(
  fdt: Fdt,
  node: FdtNode,
  signature: FdtNode,
  references: readonly Reference[],
  budget: MessageBudget,
): Coverage {
  const names = hashedNames(fdt, signature)
  const namesHashed = names !== undefined && names > 0
  const subNodes = references.reduce((sum, { node: image }) => sum + (image?.children.length ?? 0), 0)
  budget.steps -= 2 * fdt.tokens.length + subNodes + (fdtProperty(signature, 'hashed-nodes')?.length ?? 0)
  if (budget.steps < 0 || references.length > MAX_REFERENCES) {
    return { message: { problem: 'too-large' }, listed: undefined, leftOut: [], added: [], namesHashed }
  }
  const wanted = nodesToSign(node, references)
  const listed = listedNodes(fdt, signature) ?? wanted
  const leftOut = [...wanted].filter((path) => !listed.has(path))
  const added = [...listed].filter((path) => !wanted.has(path))
  const differs = leftOut.length + added.length > 0
  return {
    message: signedMessage(fdt, wanted, names, budget),
    listed: differs ? signedMessage(fdt, listed, names, budget) : undefined,
    leftOut: leftOut.slice(0, MAX_LISTED).map(shortened),
    added: added.slice(0, MAX_LISTED).map(shortened),
    namesHashed,
  }
}

function isSignature({ name }: FdtNode): boolean {
  return name.startsWith('signature')
}

function shortened(path: string): string {
  return encodeText(path.slice(0, MAX_TEXT))
}

/** The value of a hash or signature; too long a one is none that fits any algorithm. */
function digits(fdt: Fdt, node: FdtNode, longest: number): Uint8Array {
  const property = fdtProperty(node, 'value')
  return property && property.length <= longest ? fdtValue(fdt, property) : new Uint8Array(0)
}

/** A text property as boot loaders read it: up to its first NUL; printable. */
export function textOf(fdt: Fdt, node: FdtNode, name: string): string {
  const property = fdtProperty(node, name)
  if (!property) return ''
  return encodeText(cString(fdt.bytes.view(property.offset, Math.min(property.length, MAX_TEXT))))
}
