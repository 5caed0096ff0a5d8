import { provisions } from '../../drafts.ts'
import { text } from '../outcome/say.ts'
import type { Scheme } from '../outcome/scheme.ts'

export const FIP: Scheme = {
  name: 'fip',
  it: text('The firmware package of Trusted Firmware-A', 'Das Firmware-Paket von Trusted Firmware-A'),
  of: text('of the firmware package', 'des Firmware-Pakets'),
  provisions: provisions(['5.7-1']),
  repeat:
    'fiptool unpack PACKAGE.fip; openssl x509 -inform DER -in CERTIFICATE.bin -noout -text; openssl verify with the key that it names',
  enforcement:
    'open: the digest of the root key in the fuses of a unit (the platform’s manual: ROTPK), and that BL1 demands it (a start with a changed image that fails)',
  chain: {
    scheme: 'tf-a',
    demand: 'hardware',
    open: [
      { id: 'secure-boot-enabled', command: 'start of a unit with one byte of BL2 changed, and its console' },
      { id: 'key-digest', command: 'fuse read of the ROTPK words, by the manual of the platform' },
      { id: 'rollback-counter', command: 'fuse read of the NV counters, by the manual of the platform' },
    ],
    form: 'rotpk-sha256',
  },
}
