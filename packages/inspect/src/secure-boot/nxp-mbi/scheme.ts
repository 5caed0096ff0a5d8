import { provisions } from '../../drafts.ts'
import { text } from '../outcome/say.ts'
import type { Scheme } from '../outcome/scheme.ts'

export const NXP_MBI: Scheme = {
  name: 'nxp-mbi',
  it: text('The NXP master boot image', 'Das NXP Master Boot Image'),
  of: text('of the NXP master boot image', 'des NXP Master Boot Images'),
  provisions: provisions(['5.7-1']),
  repeat: 'nxpimage mbi verify -f FAMILY -b IMAGE (spsdk)',
  enforcement:
    'open: whether the protected flash region or the fuses of the unit demand signed images, and the digest of root keys (RKTH) that they hold: pfr or shadowregs, and blhost get-property (spsdk)',
  chain: {
    scheme: 'nxp-mbi',
    demand: 'hardware',
    open: [
      { id: 'secure-boot-enabled', command: 'pfr read -t cmpa -f FAMILY (spsdk)' },
      { id: 'key-digest', command: 'pfr read -t cmpa -f FAMILY (spsdk), ROTKH' },
      { id: 'rollback-counter', command: 'pfr read -t cfpa -f FAMILY (spsdk), the firmware versions' },
    ],
    form: 'nxp-rkth',
  },
}
