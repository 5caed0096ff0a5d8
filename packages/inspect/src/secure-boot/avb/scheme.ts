import { provisions } from '../../drafts.ts'
import { text } from '../outcome/say.ts'
import type { Scheme } from '../outcome/scheme.ts'

export const AVB: Scheme = {
  name: 'avb',
  it: text('The vbmeta', 'Das vbmeta'),
  of: text('of the vbmeta', 'des vbmeta'),
  provisions: provisions(['5.7-1']),
  repeat: 'avbtool verify_image --image VBMETA.img --key PUBLIC.pem; avbtool info_image --image VBMETA.img',
  enforcement:
    'open: the key in the boot loader or the fuses of a unit as it is sold, and whether it is locked (fastboot getvar all; adb shell getprop ro.boot.vbmeta.device_state and ro.boot.verifiedbootstate)',
  chain: {
    scheme: 'avb2',
    demand: 'hardware',
    open: [
      { id: 'secure-boot-enabled', command: 'fastboot getvar unlocked; fastboot getvar secure' },
      { id: 'key-digest', command: 'adb shell getprop ro.boot.vbmeta.public_key_digest' },
      { id: 'rollback-counter', command: 'avbtool info_image --image VBMETA_OF_THE_UNIT.img' },
    ],
    form: 'avb-key-sha256',
  },
}
