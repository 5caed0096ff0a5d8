import { type Bytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'
import type { Pe, PeSection } from './parse.ts'

/** A resource of a PE image: PE format, section 6.9. */
export interface PeResource {
  /** A number below 65,536, or a name in UTF-16. */
  readonly type: number | string
  readonly name: number | string
  /** Identifier of a Windows language. */
  readonly language: number | string
  readonly content: Stored
}

const DIRECTORY = 16
const ENTRY = 8
const DATA = 16
/** In an entry: its lower bits lead to a name, or to a directory. */
const LEADS = 0x8000_0000
/** More than any program has; directories may lead to each other. */
const MOST_ENTRIES = 20_000
/** UTF-16 units of a name; all entries may lead to one that is long. */
const MOST_NAME = 1024

interface Tree {
  readonly bytes: Bytes
  /** Where its section lies, cut off where the bytes end. */
  readonly start: number
  readonly end: number
  left: number
}

interface Entry {
  readonly id: number | string
  readonly leads: number
  readonly isDirectory: boolean
}

/** The resources of an image that lie within its bytes, in the order of their types and names. */
export function* peResources(bytes: Bytes, image: Pe): Generator<PeResource> {
  const { resourcesAddress, sections } = image
  const section =
    resourcesAddress === undefined ? undefined : sections.find((one) => isWithin(one, resourcesAddress))
  if (resourcesAddress === undefined || !section) return
  const start = section.at + resourcesAddress - section.address
  const tree = { bytes, start, end: Math.min(section.at + section.length, bytes.size), left: MOST_ENTRIES }
  for (const type of entriesOf(tree, 0))
    for (const name of type.isDirectory ? entriesOf(tree, type.leads) : [])
      for (const language of name.isDirectory ? entriesOf(tree, name.leads) : []) {
        const content = language.isDirectory ? undefined : contentAt(tree, language.leads, section)
        if (content) yield { type: type.id, name: name.id, language: language.id, content }
      }
}

function isWithin({ address, length }: PeSection, place: number): boolean {
  return place >= address && place < address + length
}

function* entriesOf(tree: Tree, offset: number): Generator<Entry> {
  const at = tree.start + offset
  if (at + DIRECTORY > tree.end) return
  const counts = new Reader(tree.bytes.view(at + 12, 4), 'little')
  const count = counts.u16() + counts.u16()
  for (let index = 0; index < count; index++) {
    const entryAt = at + DIRECTORY + index * ENTRY
    if (entryAt + ENTRY > tree.end || tree.left-- <= 0) return
    const reader = new Reader(tree.bytes.view(entryAt, ENTRY), 'little')
    const [id, leads] = [reader.u32(), reader.u32()]
    yield {
      id: id >= LEADS ? nameAt(tree, id - LEADS) : id,
      leads: leads >= LEADS ? leads - LEADS : leads,
      isDirectory: leads >= LEADS,
    }
  }
}

function nameAt({ bytes, start, end }: Tree, offset: number): string {
  const at = start + offset
  if (at + 2 > end) return ''
  const length = 2 * Math.min(MOST_NAME, new Reader(bytes.view(at, 2), 'little').u16())
  return at + 2 + length > end ? '' : Buffer.from(bytes.view(at + 2, length)).toString('utf16le')
}

function contentAt({ bytes, start, end }: Tree, offset: number, section: PeSection): Stored | undefined {
  if (start + offset + DATA > end) return undefined
  const reader = new Reader(bytes.view(start + offset, 8), 'little')
  const [address, length] = [reader.u32(), reader.u32()]
  if (!isWithin(section, address)) return undefined
  const at = section.at + address - section.address
  return at + length > section.at + section.length ? undefined : { at, length }
}
