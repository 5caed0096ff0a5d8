import { provisions } from '../../drafts.ts'
import { text } from '../outcome/say.ts'
import type { Scheme } from '../outcome/scheme.ts'

export const HAB: Scheme = {
  name: 'hab',
  it: text('The NXP boot image', 'Das NXP-Boot-Image'),
  of: text('of the NXP boot image', 'des NXP-Boot-Images'),
  provisions: provisions(['5.7-1']),
  repeat:
    'nxpimage hab parse -b IMAGE -f FAMILY -o FOLDER (spsdk); openssl cms -verify -binary -inform DER -in SIGNATURE -content BLOCKS -certfile IMG.pem -noverify',
  enforcement:
    'open: that the unit is closed and which SRK digest its fuses hold: hab_status and fuse read of the SEC_CONFIG and SRK words in U-Boot',
  chain: {
    scheme: 'nxp-hab',
    demand: 'hardware',
    open: [
      { id: 'secure-boot-enabled', command: 'hab_status (U-Boot)' },
      {
        id: 'key-digest',
        command: 'fuse read BANK WORD 8 (U-Boot), the SRK words by the manual of the processor',
      },
      {
        id: 'key-revoked',
        command: 'fuse read BANK WORD (U-Boot), SRK_REVOKE by the manual of the processor',
      },
      {
        id: 'debug-locked',
        command: 'fuse read BANK WORD (U-Boot), JTAG_SMODE by the manual of the processor',
      },
    ],
    form: 'hab-srk-table',
  },
}
