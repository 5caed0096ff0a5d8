import type { Check } from '../../contract.ts'
import { cases } from '../../drafts.ts'
import { concludeVerity } from './conclude.ts'
import { DMSETUP, FORMATS, lookAtVerity, PATHS, SCRIPT, SIGNATURE_PARTITION } from './look.ts'
import { VERITY } from './scheme.ts'
import { MAGIC } from './superblock.ts'

export const verityCheck: Check = {
  id: 'secure-boot.verity',
  version: 3,
  title: { en: 'Hash trees of dm-verity', de: 'Hash-Bäume von dm-verity' },
  provisions: VERITY.provisions,
  cases: cases('5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Whether a hash tree is the one of its data, where the release states its root hash, and whether a signature of the root hash verifies.',
    de: 'Ob ein Hash-Baum der seiner Daten ist, wo die Firmware seinen Root-Hash angibt und ob eine Signatur des Root-Hashs stimmt.',
  },
  cannotShow: {
    en: 'Which root hash a unit opens the device with, and that its kernel demands one that is signed.',
    de: 'Mit welchem Root-Hash ein Gerät das Laufwerk öffnet und dass sein Kernel einen signierten verlangt.',
  },
  states: [
    'boot.verity.hash-mismatch',
    'boot.verity.known-key',
    'boot.verity.private-key',
    'boot.verity.signature',
    'boot.verity.tree',
  ],
  wants: { formats: FORMATS, paths: PATHS, literals: true },
  literals: [MAGIC, SCRIPT, DMSETUP, SIGNATURE_PARTITION],
  needs: ['boot.command-line', 'boot.partition', 'key.private', 'key.public'],
  gives: [
    'boot.verity.certificate',
    'boot.verity.gpt',
    'boot.verity.root-hash',
    'boot.verity.signed-root',
    'boot.verity.superblock',
    'boot.verity.table',
    'chain.link',
  ],
  look: lookAtVerity,
  conclude: concludeVerity,
}
