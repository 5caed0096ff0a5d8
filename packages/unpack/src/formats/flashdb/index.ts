import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { fileNameOfKey } from '../key-names.ts'
import { distinctPaths, type StoredMember, storedAsIs, wrapped } from '../members.ts'
import { type FlashStore, LAYOUTS, NODE_MAGICS, storeAt } from './layout.ts'
import { nodesOf } from './nodes.ts'

export const flashdb: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'flashdb',
  title: 'Store of FlashDB or EasyFlash 4 (names and values)',
  references: [
    'armink/FlashDB, src/fdb_kvdb.c and src/fdb_utils.c',
    'armink/EasyFlash, easyflash/src/ef_env.c',
  ],
  limits: [
    'time series (TSDB) and logs are not read',
    'of a single sector, the size is taken to be 4 KiB',
    'the older stores of EasyFlash (before version 4) are not read',
  ],
  magic: LAYOUTS.flatMap(({ sectorMagicAt }) =>
    [...NODE_MAGICS.keys()].map((bytes) => ({ bytes, at: sectorMagicAt })),
  ),
  carve: true,

  recognise(bytes, at) {
    const store = storeAt(bytes, at)
    return store && { start: at, end: store.end }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, region: Region, problem: Sink['problem']): Generator<StoredMember> {
  const nodes = [...nodesOf(bytes, region, storeAt(bytes, region.start) as FlashStore)]
  const newest = new Map(nodes.filter(({ state }) => state === 'leaving').map((node) => [node.name, node]))
  for (const node of nodes) if (node.state === 'current') newest.set(node.name, node)
  const pathOf = distinctPaths()
  for (const node of nodes) {
    const { name, value, sound, at } = node
    const old = newest.get(name) !== node
    // Of what was deleted, nothing is lost that counts.
    if (old && !sound) continue
    const place = at - region.start
    const path = pathOf(`${fileNameOfKey(name)}${old ? `@0x${place.toString(16)}` : ''}`, place)
    if (!sound) problem('checksum', 'the CRC of name and value differs', path)
    yield { meta: wrapped(path), content: value }
  }
}
