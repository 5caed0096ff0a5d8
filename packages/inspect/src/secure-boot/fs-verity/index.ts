import { VERITY } from '@messlatte/unpack'
import type { Check } from '../../contract.ts'
import { cases } from '../../drafts.ts'
import { concludeFsVerity } from './conclude.ts'
import { lookAtFsVerity, PATHS } from './look.ts'
import { FS_VERITY } from './scheme.ts'

export const fsVerityCheck: Check = {
  id: 'secure-boot.fs-verity',
  version: 1,
  title: { en: 'Files with fs-verity', de: 'Dateien mit fs-verity' },
  provisions: FS_VERITY.provisions,
  cases: cases('5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Whether contents and hash trees of files are those of their descriptors, and whether signatures of their digests verify.',
    de: 'Ob Inhalte und Hash-Bäume von Dateien die ihrer Deskriptoren sind und ob Signaturen ihrer Hashes stimmen.',
  },
  cannotShow: {
    en: 'That the kernel of a unit demands a signature, or that anything compares the digest of a file.',
    de: 'Dass der Kernel eines Geräts eine Signatur verlangt oder dass etwas den Hash einer Datei vergleicht.',
  },
  states: [
    'boot.fs-verity.files',
    'boot.fs-verity.known-key',
    'boot.fs-verity.private-key',
    'boot.fs-verity.signature',
  ],
  wants: { formats: ['ext'], paths: PATHS, xattrs: [VERITY.descriptor] },
  needs: ['boot.linux.certificate', 'boot.partition', 'key.private', 'key.public'],
  gives: ['boot.fs-verity.detached', 'boot.fs-verity.file', 'chain.link'],
  look: lookAtFsVerity,
  conclude: concludeFsVerity,
}
