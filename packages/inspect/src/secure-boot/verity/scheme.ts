import { provisions } from '../../drafts.ts'
import { text } from '../outcome/say.ts'
import type { Scheme } from '../outcome/scheme.ts'

export const VERITY: Scheme = {
  name: 'verity',
  it: text('The root hash of dm-verity', 'Der Root-Hash von dm-verity'),
  of: text('of the root hash', 'des Root-Hashs'),
  provisions: provisions(['5.7-1']),
  repeat:
    'printf %s ROOTHASH | openssl cms -verify -binary -inform DER -in ROOTHASH.p7s -content /dev/stdin -CAfile CA.pem',
  enforcement:
    'open: which root hash a unit opens the device with, and whether its kernel demands a signature (dmsetup table; cat /sys/module/dm_verity/parameters/require_signatures)',
  chain: {
    scheme: 'dm-verity',
    demand: 'unknown',
    open: [{ id: 'boots-this', command: 'dmsetup table --target verity' }],
    form: 'spki-sha256',
  },
}
