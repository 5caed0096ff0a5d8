import { provisions } from '../../drafts.ts'
import { text } from '../outcome/say.ts'
import type { Scheme } from '../outcome/scheme.ts'

export const TI_K3: Scheme = {
  name: 'ti-k3',
  it: text('The TI K3 boot image', 'Das Boot-Image für TI K3'),
  of: text('of the TI K3 boot image', 'des Boot-Images für TI K3'),
  provisions: provisions(['5.7-1']),
  repeat:
    'openssl x509 -inform DER -in FILE -out c.pem; openssl verify -check_ss_sig -CAfile c.pem c.pem; then the digest in extension 1.3.6.1.4.1.294.1.2, .9 or .34 over the bytes behind the certificate',
  enforcement:
    'open: that the device is of the kind HS-SE (a unit of the kind GP or HS-FS takes any certificate), and that its fuses hold the digest of this key: the boot information that the ROM sends over its serial line, read with uart_boot_socid.py of TI',
  chain: {
    scheme: 'ti-k3',
    demand: 'hardware',
    open: [
      {
        id: 'secure-boot-enabled',
        command: 'uart_boot_socid.py (TI): the kind of the device in what the ROM sends over its serial line',
      },
      {
        id: 'key-digest',
        command: 'uart_boot_socid.py (TI): the digest of the key in what the ROM sends over its serial line',
      },
    ],
    form: 'spki-sha256',
  },
}
