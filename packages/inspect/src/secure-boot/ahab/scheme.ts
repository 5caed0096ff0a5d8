import { provisions } from '../../drafts.ts'
import { text } from '../outcome/say.ts'
import type { Scheme } from '../outcome/scheme.ts'

export const AHAB: Scheme = {
  name: 'ahab',
  it: text('The NXP image container (AHAB)', 'Der NXP-Image-Container (AHAB)'),
  of: text('of the NXP image container (AHAB)', 'des NXP-Image-Containers (AHAB)'),
  provisions: provisions(['5.7-1']),
  repeat: 'nxpimage ahab verify -b IMAGE -f FAMILY (spsdk)',
  enforcement:
    'open: the lifecycle of the unit and the SRK digest in its fuses: ahab_status and fuse read of the SRK words in U-Boot',
  chain: {
    scheme: 'nxp-ahab',
    demand: 'hardware',
    open: [
      { id: 'secure-boot-enabled', command: 'ahab_status (U-Boot)' },
      {
        id: 'key-digest',
        command: 'fuse read BANK WORD 8 (U-Boot), the SRK words by the manual of the processor',
      },
      {
        id: 'rollback-counter',
        command: 'fuse read BANK WORD (U-Boot), the fuse version by the manual of the processor',
      },
    ],
    form: 'hab-srk-table',
  },
}
