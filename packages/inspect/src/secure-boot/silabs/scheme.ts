import { provisions } from '../../drafts.ts'
import { text } from '../outcome/say.ts'
import type { Scheme } from '../outcome/scheme.ts'

export const SILABS: Scheme = {
  name: 'silabs',
  it: text('The update file for the Gecko boot loader', 'Die Update-Datei für den Gecko-Bootloader'),
  of: text('of the update file', 'der Update-Datei'),
  provisions: provisions(['5.3-9', '5.7-1']),
  repeat:
    'commander gbl parse FILE.gbl; openssl dgst -sha256 -verify PUBLIC.pem over all bytes before the signature’s tag',
  chain: {
    scheme: 'gbl',
    demand: 'unknown',
    open: [
      { id: 'key-digest', command: 'commander tokendump --tokengroup znet' },
      { id: 'secure-boot-enabled', command: 'commander security status' },
    ],
    form: 'spki-sha256',
  },
  enforcement:
    'open: that the boot loader of a unit as it is sold requires signed files (BOOTLOADER_ENFORCE_SIGNED_UPGRADE), its key, and the state of the chip: commander security status, commander tokendump --tokengroup znet',
}

export const SILABS_APPLICATION: Scheme = {
  ...SILABS,
  it: text(
    'The application in the update file, as it is verified at each start,',
    'Die Anwendung in der Update-Datei, wie sie bei jedem Start geprüft wird,',
  ),
  of: text(
    'of the application, which is verified at each start,',
    'der Anwendung, die bei jedem Start geprüft wird,',
  ),
  provisions: provisions(['5.7-1']),
  repeat: 'commander util verifysign APPLICATION.s37 --verify PUBLIC.pem',
  enforcement:
    'open: that the boot loader of a unit as it is sold enforces secure boot (BOOTLOADER_ENFORCE_SECURE_BOOT), and the secure boot bit of the chip: commander security status',
}
