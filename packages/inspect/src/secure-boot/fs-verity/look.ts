import { looksSigned, pemBlocks } from '@messlatte/bytes'
import { VERITY } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { readDescriptor } from './descriptor.ts'
import type { VerityFileFact } from './facts.ts'

/** Signatures beside files: fsverity-utils and Android's build tools name them so, and some builds only `.sig`. */
const NAMED = /\.(?:fsverity(?:\.p7[bs]|\.sig)?|fsv_sig)$/i
const PLAIN = /\.sig$/i
export const PATHS: readonly RegExp[] = [NAMED, PLAIN]
const MOST_SIGNATURE = 64 * 1024

/** The superblock of ext4, and its feature `verity`: e2fsprogs, lib/ext2fs/ext2_fs.h. */
const FEATURES_AT = 1024 + 0x64
const FEATURE = 0x8000

/** Map: files with a descriptor, the file systems in which their trees lie, and signatures beside files. */
export function lookAtFsVerity(artefact: Artefact, out: MapOut): void {
  const { format, type, xattrs, inner, path, bytes } = artefact
  if (type === 'region') {
    if (format === 'ext' && hasFeature(artefact)) out.pin(artefact)
    return
  }
  const kept = xattrs?.[VERITY.descriptor]
  if (kept !== undefined && type === 'file') {
    out.pin(artefact)
    out.fact('boot.fs-verity.file', placeOf(artefact), fileOf(artefact, kept))
  }
  const suffix = NAMED.exec(inner) ?? PLAIN.exec(inner)
  if (!suffix || type !== 'file' || bytes.size > MOST_SIGNATURE || bytes.size === 0) return
  const whole = bytes.view(0, bytes.size)
  const cms = pemBlocks(whole, 'PKCS7')[0]
  if (!cms || !looksSigned(cms)) return
  out.fact('boot.fs-verity.detached', placeOf(artefact), {
    of: path.slice(0, -suffix[0].length),
    cms: Buffer.from(cms).toString('base64'),
    named: NAMED.test(inner),
  })
}

function hasFeature({ bytes }: Artefact): boolean {
  if (bytes.size < FEATURES_AT + 4) return false
  return (Buffer.from(bytes.view(FEATURES_AT, 4)).readUInt32LE() & FEATURE) !== 0
}

function fileOf({ bytes, xattrs }: Artefact, kept: string): VerityFileFact {
  const descriptor = readDescriptor(Buffer.from(kept, 'hex'))
  const tree = xattrs?.[VERITY.tree]
  return {
    descriptor: descriptor && {
      ...descriptor,
      signature: Buffer.from(descriptor.signature).toString('base64'),
    },
    size: bytes.size,
    tree: tree === undefined ? undefined : Number.parseInt(tree, 16),
  }
}
