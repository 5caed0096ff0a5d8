import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import type { Stage } from './facts.ts'

interface Kind {
  readonly stage: Stage
  readonly writable: boolean
}

const FILE_SYSTEM: Kind = { stage: 'root-file-system', writable: false }
const WRITABLE: Kind = { stage: 'root-file-system', writable: true }

/** Formats of regions that start, or are started from. */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['android-boot', { stage: 'kernel', writable: false }],
  ['kernel', { stage: 'kernel', writable: false }],
  ['cpio', { stage: 'initramfs', writable: false }],
  ['cramfs', FILE_SYSTEM],
  ['erofs', FILE_SYSTEM],
  ['romfs', FILE_SYSTEM],
  ['squashfs', FILE_SYSTEM],
  ['ext', WRITABLE],
  ['jffs2', WRITABLE],
  ['ubifs', WRITABLE],
  ['yaffs', WRITABLE],
])

export const REGION_FORMATS: readonly string[] = [...KINDS.keys()]

/** What kernels look for as their first program, where nothing else is said. Linux, init/main.c. */
export const FIRST_PROGRAMS =
  /^(?:init|linuxrc|sbin\/init|etc\/init|bin\/init|bin\/sh|usr\/sbin\/init|usr\/lib\/systemd\/systemd)$/

export function lookForParts(artefact: Artefact, out: MapOut): void {
  const { type, format, inner, name } = artefact
  if (type === 'region') {
    const kind = KINDS.get(format ?? '')
    if (kind && format !== undefined) out.fact('chain.region', placeOf(artefact), { ...kind, format })
  } else if ((type === 'file' || type === 'symlink') && FIRST_PROGRAMS.test(inner)) {
    out.fact('chain.first-program', placeOf(artefact), { name })
  }
}
