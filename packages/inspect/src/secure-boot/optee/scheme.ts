import { provisions } from '../../drafts.ts'
import { text } from '../outcome/say.ts'
import type { Scheme } from '../outcome/scheme.ts'

export const OPTEE: Scheme = {
  name: 'optee',
  it: text('The trusted application of OP-TEE', 'Die Trusted Application von OP-TEE'),
  of: text('of the trusted application of OP-TEE', 'der Trusted Application von OP-TEE'),
  provisions: provisions(['5.7-1']),
  repeat: 'sign_encrypt.py verify --uuid UUID --key PUBLIC.pem --in UUID.ta (optee_os, scripts)',
  enforcement:
    'open: which key the OP-TEE core of a unit verifies with (ta_pub_key_modulus in the core as it is read out); it loads no other applications',
  chain: {
    scheme: 'optee-ta',
    demand: 'unknown',
    open: [
      {
        id: 'key-digest',
        command: 'strings and hexdump of the OP-TEE core as it is read out, beside the modulus of the key',
      },
    ],
    form: 'spki-sha256',
  },
}
