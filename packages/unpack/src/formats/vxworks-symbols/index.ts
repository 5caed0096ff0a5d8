import type { ContainerFormat } from '../../contract.ts'
import { jsonText, showText } from '../members.ts'
import { findNames } from './names.ts'
import { ENTRY, placesOfTables, readSymbols, type SymbolTable } from './parse.ts'

const MEMBER = 'symbols.json'

export const vxworksSymbols: ContainerFormat<null> = {
  kind: 'container',
  name: 'vxworks-symbols',
  title: 'VxWorks table of symbols',
  references: ['binwalk 3, src/structures/vxworks.rs and src/extractors/vxworks.rs', 'VxWorks, symbol.h'],
  limits: [
    'tables of fewer than 250 symbols are not recognised, nor are other types than functions, data and bss of one group',
    'names are found in images of up to 16 MiB, where the memory of the names lies in one piece',
  ],
  recognisedOnly: 'no image that may be passed on: made by a script after what binwalk 3 reads',
  magic: [],
  candidates: placesOfTables,
  carve: false,

  recognise(bytes, at) {
    const table = readSymbols(bytes, at)
    return table && { start: at, end: at + table.symbols.length * ENTRY }
  },

  *open(_bytes, { start, end }) {
    yield { cost: end - start, entries: 1, plan: null }
  },

  read(bytes, { start, end }, _plan, sink) {
    const { endian, symbols } = readSymbols(bytes, start) as SymbolTable
    const names = findNames(bytes, symbols)
    if (!names) sink.problem('unsupported', 'the texts of its names were not found', MEMBER)
    if (end + ENTRY > bytes.size) sink.problem('truncated', 'the bytes end with it', MEMBER)
    const listed = symbols.map(({ name, value, type }) => ({
      ...(names ? { name: names.get(name) } : { nameAt: hex(name) }),
      address: hex(value),
      type,
    }))
    showText(MEMBER, jsonText({ endian, symbols: listed }), sink)
  },
}

function hex(address: number): string {
  return `0x${address.toString(16).padStart(8, '0')}`
}
