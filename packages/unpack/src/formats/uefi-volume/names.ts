import { type Leaf, nameOf } from './leaves.ts'
import { SECTION, type Section } from './sections.ts'

/** Names by type: stem and ending. */
const NAMES: Readonly<Record<number, readonly [stem: string, ending: string]>> = {
  1: ['compressed', ''],
  3: ['disposable', ''],
  17: ['pic', '.efi'],
  19: ['dxe', '.depex'],
  20: ['version', ''],
  21: ['ui', ''],
  22: ['compatibility16', ''],
  23: ['volume', ''],
  25: ['raw', ''],
  27: ['pei', '.depex'],
  28: ['mm', '.depex'],
}

export interface NamedLeaf {
  readonly name: string
  readonly leaf: Leaf
}

/** Gives each section of a file a name of its own: its executables are called what the file is called for people. */
export function named(leaves: readonly Leaf[]): readonly NamedLeaf[] {
  const forPeople = nameOf(leaves)
  const taken = new Map<string, number>()
  return leaves.map((leaf) => {
    const [stem, ending] = nameParts(leaf.section, forPeople)
    const before = taken.get(stem + ending) ?? 0
    taken.set(stem + ending, before + 1)
    return { name: before === 0 ? stem + ending : `${stem}-${before}${ending}`, leaf }
  })
}

function nameParts(section: Section | undefined, forPeople: string | undefined): readonly [string, string] {
  if (!section) return ['rest', '']
  const { type, guid } = section
  switch (type) {
    case SECTION.pe32:
      return [forPeople ?? 'pe32', '.efi']
    case SECTION.te:
      return [forPeople ?? 'te', '.te']
    case SECTION.guidDefined:
      return [`guid-defined-${guid}`, '']
    case SECTION.freeform:
      return [`freeform-${guid}`, '']
    default:
      return NAMES[type] ?? [`section-0x${type.toString(16)}`, '']
  }
}
