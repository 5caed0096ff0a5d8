import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Sink } from '../../contract.ts'
import { announced, copyStretch, inBatches, type Stored, showStored, wrapped } from '../members.ts'
import { decipherZip, restoreMarks, saltedMd5 } from './cipher.ts'
import { type HichipPart, type HichipPkg, MAGIC, parseHichipPkg } from './parse.ts'

/** No flash of such a camera is larger. */
const MOST = 64 * 1024 * 1024

export const hichipPkg: ContainerFormat<readonly HichipPart[]> = {
  kind: 'container',
  name: 'hichip-pkg',
  title: 'HiChip firmware package (PIHC: cameras of the apps CamHi and others; with the published keys)',
  references: [
    'v9x-firmware-repacker (github.com/PerfectStorm85/v9x-firmware-repacker), README.md',
    'OpenIPC, coupler for CamHi, packer of PIHC packages',
  ],
  limits: [
    'archives that are encrypted with other keys than the published ones are shown as they are: the MD5 tells',
    'parts of over 64 MiB are shown without comparing their MD5, and not deciphered',
  ],
  recognisedOnly:
    'no tool that writes it from nothing is public, and no image that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const pkg = parseHichipPkg(bytes, at)
    return pkg && { start: at, end: Math.min(pkg.end, bytes.size) }
  },

  open: (bytes, { start }) =>
    inBatches((parseHichipPkg(bytes, start) as HichipPkg).parts, ({ length }) => length),

  read(bytes, _region, plan, sink) {
    for (const part of plan) showPart(bytes, part, sink)
  },
}

function showPart(bytes: Bytes, part: HichipPart, sink: Sink): void {
  const { name, at, length, digest } = part
  const member = announced(bytes, name, part, sink.problem)
  const comparable = at + length <= bytes.size && length <= MOST && digest !== ''
  if (comparable && saltedMd5(contentOf(bytes, part)) !== digest) {
    if (part.encrypted && showDeciphered(bytes, part, sink)) return
    const how = part.encrypted
      ? 'neither as it is nor deciphered it has the MD5 that is told'
      : 'the MD5 differs'
    sink.problem('checksum', how, name)
  }
  showStored(member, sink)
}

/** Short archives are not encrypted; what comes out has to have the MD5. */
function showDeciphered(bytes: Bytes, part: HichipPart, sink: Sink): boolean {
  for (const restore of [restoreMarks, decipherZip]) {
    const content = contentOf(bytes, part)
    restore(content)
    if (saltedMd5(content) !== part.digest) continue
    sink.file(wrapped(part.name), content.length, (out) => out.set(content))
    return true
  }
  return false
}

function contentOf(bytes: Bytes, { at, length }: Stored): Buffer {
  const content = Buffer.alloc(length)
  copyStretch(bytes, at, content)
  return content
}
