import { provisions } from '../../drafts.ts'
import { text } from '../outcome/say.ts'
import type { Scheme } from '../outcome/scheme.ts'

export const NORDIC: Scheme = {
  name: 'nordic',
  it: text('The init packet of the DFU package', 'Das Init-Paket des DFU-Pakets'),
  of: text('of the init packet', 'des Init-Pakets'),
  provisions: provisions(['5.3-9', '5.7-1']),
  repeat: 'nrfutil pkg display PACKAGE.zip; Signing.verify of nordicsemi.dfu.signing over the init command',
  enforcement:
    'open: the boot loader of a unit as it is sold and its key (nrfutil device dump-to-file), and its read-back protection (nrfutil device protection-get)',
  chain: {
    scheme: 'nordic-dfu',
    demand: 'unknown',
    open: [
      { id: 'key-digest', command: 'nrfutil device dump-to-file BOOTLOADER.hex' },
      { id: 'debug-locked', command: 'nrfutil device protection-get' },
    ],
    form: 'spki-sha256',
  },
}
