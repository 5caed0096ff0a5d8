import { provisions } from '../../drafts.ts'
import { text } from '../outcome/say.ts'
import type { Scheme } from '../outcome/scheme.ts'

export const STM32: Scheme = {
  name: 'stm32',
  it: text('The STM32 boot image', 'Das STM32-Boot-Image'),
  of: text('of the STM32 boot image', 'des STM32-Boot-Images'),
  provisions: provisions(['5.7-1']),
  repeat:
    'STM32_SigningTool_CLI --dump-header IMAGE; stm32-sign.py --key-file PUBLIC.pem --verify IMAGE (stm32mp-keygen)',
  enforcement:
    'open: that the chip is closed and which key digest its fuses hold: STM32_Programmer_CLI -c port=usb1 -otp displ, or stm32key read in U-Boot',
  chain: {
    scheme: 'stm32',
    demand: 'hardware',
    open: [
      { id: 'secure-boot-enabled', command: 'STM32_Programmer_CLI -c port=usb1 -otp displ' },
      { id: 'key-digest', command: 'stm32key read (U-Boot)' },
    ],
    form: 'stm32-pkh',
  },
}
