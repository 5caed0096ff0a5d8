import { provisions } from '../../drafts.ts'
import { text } from '../outcome/say.ts'
import type { Scheme } from '../outcome/scheme.ts'

export const FS_VERITY: Scheme = {
  name: 'fs-verity',
  it: text('The file digest of fs-verity', 'Der Dateihash von fs-verity'),
  of: text('of fs-verity', 'von fs-verity'),
  provisions: provisions(['5.7-1']),
  repeat:
    'fsverity digest --for-builtin-sig --compact FILE | xxd -r -p > DIGEST; openssl smime -verify -noverify -binary -inform DER -in SIGNATURE -content DIGEST -certfile CERTIFICATE',
  enforcement:
    'open: whether the kernel of a unit demands signatures (sysctl fs.verity.require_signatures), or who else compares the digests (fsverity measure FILE)',
  chain: {
    scheme: 'fs-verity',
    demand: 'unknown',
    open: [{ id: 'boots-this', command: 'fsverity measure FILE; sysctl fs.verity.require_signatures' }],
    form: 'spki-sha256',
  },
}
