import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { distinctPaths, type StoredMember, storedAsIs, wrapped } from '../members.ts'
import { MAGIC, type NvarEntry, type NvarStore, parseNvarStore } from './parse.ts'

export const amiNvar: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'ami-nvar',
  title: 'Variables of AMI Aptio (NVAR)',
  references: ['UEFITool, common/ksy/ami_nvar.ksy and common/nvram.h', 'fiano, pkg/uefi/nvram.go'],
  limits: [
    'found at the start of a file or content only',
    'times and hashes of authenticated variables are not shown',
    'attributes of variables are not shown',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: false,

  recognise(bytes, at) {
    const store = parseNvarStore(bytes, at)
    return store && { start: at, end: store.end }
  },

  ...storedAsIs(membersOf),
}

/** Names are those of `uefi-variables`: by vendor, and what does not count any more in a folder that says so. */
function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { entries, isCut } = parseNvarStore(bytes, start) as NvarStore
  const pathOf = distinctPaths()
  for (const entry of entries) {
    const path = pathOf(nameOf(entry), entry.at - start)
    if (entry.sum === 'differs') problem('checksum', 'its sum differs', path)
    yield { meta: wrapped(path), content: entry.content }
  }
  if (isCut) problem('truncated', 'it ends within a variable')
}

function nameOf({ vendor, name, state }: NvarEntry): string {
  const path = name === undefined ? 'unnamed' : `${vendor}/${name === '' ? 'unnamed' : name}`
  return state === 'live' ? path : `${state}/${path}`
}
