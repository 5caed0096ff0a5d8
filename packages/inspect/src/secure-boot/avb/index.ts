import type { Check } from '../../contract.ts'
import { cases } from '../../drafts.ts'
import { TOP_LEVEL } from '../partitions/partition.ts'
import { concludeAvb } from './conclude.ts'
import { lookAtAvb, MAGIC } from './look.ts'
import { AVB } from './scheme.ts'

export const avbCheck: Check = {
  id: 'secure-boot.avb',
  version: 2,
  title: { en: 'Android Verified Boot 2', de: 'Android Verified Boot 2' },
  provisions: AVB.provisions,
  cases: cases('5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Whether a vbmeta is signed and verifies, with which key, which partitions it binds, whether those of the release are the ones that it binds, and whether it switches verification off.',
    de: 'Ob ein vbmeta signiert ist und stimmt, mit welchem Schlüssel, welche Partitionen es bindet, ob die der Firmware die gebundenen sind und ob es die Prüfung abschaltet.',
  },
  cannotShow: {
    en: 'Which key the boot loader of a unit has, that it is locked, and that it refuses lower rollback indexes.',
    de: 'Welchen Schlüssel der Bootloader eines Geräts hat, dass er gesperrt ist und dass er kleinere Rollback-Indizes abweist.',
  },
  states: [
    'boot.avb.chain',
    'boot.avb.content',
    'boot.avb.disabled',
    'boot.avb.hash-mismatch',
    'boot.avb.key',
    'boot.avb.known-key',
    'boot.avb.not-covered',
    'boot.avb.private-key',
    'boot.avb.rollback',
    'boot.avb.signature',
    'boot.avb.unsigned',
  ],
  wants: { formats: ['avb-vbmeta'], paths: [TOP_LEVEL], literals: true },
  literals: [MAGIC],
  needs: ['key.private', 'key.public'],
  gives: ['boot.avb.anchor', 'boot.avb.vbmeta', 'boot.partition', 'chain.link'],
  look: lookAtAvb,
  conclude: concludeAvb,
}
