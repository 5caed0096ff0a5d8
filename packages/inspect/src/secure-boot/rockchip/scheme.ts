import { provisions } from '../../drafts.ts'
import { text } from '../outcome/say.ts'
import type { Scheme } from '../outcome/scheme.ts'

export const ROCKCHIP: Scheme = {
  name: 'rockchip',
  it: text('The Rockchip ID block', 'Der Rockchip-ID-Block'),
  of: text('of the Rockchip ID block', 'des Rockchip-ID-Blocks'),
  provisions: provisions(['5.7-1']),
  repeat: 'openssl pkeyutl -verify over the SHA-256 of the header’s signed bytes, with the key of the header',
  enforcement:
    'open: the digest of the key in the OTP of a unit and the bit that demands it: the OTP words by the manual of the processor, or an attempt to start an unsigned block',
  chain: {
    scheme: 'rockchip',
    demand: 'hardware',
    open: [
      {
        id: 'secure-boot-enabled',
        command: 'the OTP words of secure boot, read as the manual of the processor tells',
      },
      {
        id: 'key-digest',
        command: 'the OTP words of the key digest, read as the manual of the processor tells',
      },
    ],
    form: 'rockchip-key-sha256',
  },
}

/** Of processors before the RK3568. */
export const OLDER_ROCKCHIP: Scheme = {
  ...ROCKCHIP,
  it: text('The Rockchip ID block (before RK3568)', 'Der Rockchip-ID-Block (vor RK3568)'),
  of: text('of the Rockchip ID block (before RK3568)', 'des Rockchip-ID-Blocks (vor RK3568)'),
  repeat:
    'head -c 512 FILE | openssl enc -d -rc4 -K 7C4E0304550509072D2C7B38170D1711 -provider legacy -provider default | xxd',
}
