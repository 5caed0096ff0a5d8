import { provisions } from '../../drafts.ts'
import { text } from '../outcome/say.ts'
import type { Scheme } from '../outcome/scheme.ts'

export const ROCKCHIP: Scheme = {
  name: 'rockchip',
  it: text('The Rockchip ID block', 'Der Rockchip-ID-Block'),
  of: text('of the Rockchip ID block', 'des Rockchip-ID-Blocks'),
  provisions: provisions(['5.7-1']),
  repeat: 'rk_sign_tool vl --loader IMAGE',
  enforcement:
    'open: the digest of the key in the OTP of a unit and the bit that demands it: fuse read or rockchip_otp read in U-Boot, or the console of the ROM when an unsigned block is started',
  chain: {
    scheme: 'rockchip',
    demand: 'hardware',
    open: [
      {
        id: 'secure-boot-enabled',
        command: 'fuse read (U-Boot), the words of secure boot by the manual of the processor',
      },
      {
        id: 'key-digest',
        command: 'fuse read (U-Boot), the words of the key digest by the manual of the processor',
      },
    ],
    form: 'rockchip-key-sha256',
  },
}
