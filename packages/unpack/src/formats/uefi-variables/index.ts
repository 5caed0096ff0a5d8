import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { isFilled } from '../filled.ts'
import { announced, type StoredMember, storedAsIs, wrapped } from '../members.ts'
import { MAGICS, parseStore, parseUefiVariables, type StoreContent, type UefiVariable } from './parse.ts'

export const uefiVariables: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'uefi-variables',
  title: 'UEFI variable store (edk2, plain and authenticated; VSS)',
  references: [
    'edk2, MdeModulePkg/Include/Guid/VariableFormat.h',
    'edk2, MdeModulePkg/Universal/Variable/RuntimeDxe',
    'UEFI Specification 2.10, sections 8.2 and 32.3',
  ],
  limits: [
    'stores of other makers (Phoenix EVSA, Apple, Insyde) are not read; those of AMI are ami-nvar',
    'attributes of variables are not shown; a check gets them',
    'the journal behind a store (fault-tolerant write) is not replayed',
  ],
  magic: Object.values(MAGICS).map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const store = parseStore(bytes, at)
    return store && { start: at, end: Math.min(at + store.size, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start, end }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { size } = parseStore(bytes, start) as { size: number }
  const content = parseUefiVariables(bytes, start) as StoreContent
  if (start + size > end) problem('truncated', `${size} bytes are announced, ${end - start} are there`)
  const nameOf = createNamer()
  for (const variable of content.variables) {
    const { at, length, time } = variable
    const path = nameOf(variable)
    if (at + length > start + size) problem('structure', 'it reaches beyond the end of the store', path)
    const within = { at, length: Math.min(length, Math.max(0, start + size - at)) }
    const member = announced(bytes, path, within, problem)
    yield { ...member, meta: { ...member.meta, ...(time === undefined ? {} : { mtime: time }) } }
  }
  if (!isFilled(bytes, content.end, end, 0xff)) {
    problem('structure', `no variable at ${content.end - start}: what follows is shown as it is`)
    yield { meta: wrapped('rest'), content: { at: content.end, length: end - content.end } }
  }
}

/** Names by vendor; what was not simply written lies in a folder that says so. */
function createNamer(): (variable: UefiVariable) => string {
  const taken = new Map<string, number>()
  return ({ guid, name, state }) => {
    const path = `${guid}/${name === '' ? 'unnamed' : name}`
    const full = state === 'live' ? path : `${state}/${path}`
    const before = taken.get(full) ?? 0
    taken.set(full, before + 1)
    return before === 0 ? full : `${full}-${before}`
  }
}
