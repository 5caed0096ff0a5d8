import type { ContainerFormat, Sink } from '../../contract.ts'
import { wrapped } from '../members.ts'
import { endByRefcounts, mapOf } from './map.ts'
import { MAGIC, parseQcow2, type Qcow2, snapshotsOf } from './parse.ts'

const DISK = 'disk.img'
const MOST_SNAPSHOTS = 256

/** Which disk: the one as it is now, or a snapshot by its place. */
type Which = 'now' | number

export const qcow2: ContainerFormat<Which> = {
  kind: 'container',
  name: 'qcow2',
  title: 'Disk image of QEMU (QCOW2, versions 2 and 3; zlib, Zstandard)',
  references: ['QEMU, docs/interop/qcow2.txt'],
  limits: [
    'what lies in a backing file, or in an external data file, is not sought there; it is zero here',
    'encrypted disks (AES, LUKS) are told and not decrypted',
    'memory of a machine that a snapshot holds, and bitmaps of changed clusters, are not shown',
    'of over 256 snapshots the further ones are not shown',
  ],
  magic: [
    { bytes: `${MAGIC}\0\0\0\x02`, at: 0 },
    { bytes: `${MAGIC}\0\0\0\x03`, at: 0 },
  ],
  carve: true,

  recognise(bytes, at) {
    const image = parseQcow2(bytes, at)
    if (!image) return undefined
    const counted = endByRefcounts(bytes, at, image)
    // Where counts are late, what is mapped may lie behind them.
    const mapped = image.isDirty ? mapOf(bytes, at, image, image.l1, image.size).end - at : 0
    const end = Math.max(counted, mapped, image.cluster)
    return { start: at, end: Math.min(at + end, bytes.size) }
  },

  *open(bytes, { start }, problem) {
    const image = parseQcow2(bytes, start) as Qcow2
    tell(image, problem)
    yield { cost: image.size, entries: 1, plan: 'now' }
    if (image.encryption !== 'none' || image.isExternal) return
    let count = 0
    for (const { size } of snapshotsOf(bytes, start, image)) {
      if (count >= MOST_SNAPSHOTS) problem('unsupported', `over ${MOST_SNAPSHOTS} snapshots`)
      if (count >= MOST_SNAPSHOTS) return
      yield { cost: size, entries: 1, plan: count++ }
    }
    if (count < image.snapshots.count)
      problem('truncated', `${image.snapshots.count - count} snapshots are not there`)
  },

  read(bytes, { start, end }, plan, sink) {
    const image = parseQcow2(bytes, start) as Qcow2
    if (plan === 'now') showNow(image)
    else showSnapshot(image, plan)

    function showNow({ encryption, luks, isExternal, l1, size }: Qcow2): void {
      if (luks && start + luks.at + luks.length <= end)
        sink.slice(wrapped('luks-header.bin'), start + luks.at, luks.length)
      if (encryption !== 'none' || isExternal) sink.entry(wrapped(DISK))
      else mapOf(bytes, start, image, l1, size).show(DISK, sink)
    }

    function showSnapshot(of: Qcow2, index: number): void {
      const snapshot = snapshotsOf(bytes, start, of).drop(index).next().value
      if (!snapshot) return
      const path = `snapshots/${snapshot.name.replaceAll('/', '_') || index}.img`
      mapOf(bytes, start, of, snapshot.l1, snapshot.size).show(path, sink)
    }
  },
}

function tell(image: Qcow2, problem: Sink['problem']): void {
  const { backing, encryption, isExternal, unknownFeatures } = image
  if (backing !== undefined)
    problem(
      'unsupported',
      `what is not in this file lies in its backing file "${backing}", and is zero here`,
      DISK,
    )
  if (encryption !== 'none') problem('unsupported', `encrypted (${encryption})`, DISK)
  if (isExternal) problem('unsupported', 'all of it lies in an external data file', DISK)
  if (unknownFeatures > 0)
    problem(
      'unsupported',
      `features that are not known (0x${unknownFeatures.toString(16)}): it may be wrong`,
      DISK,
    )
}
