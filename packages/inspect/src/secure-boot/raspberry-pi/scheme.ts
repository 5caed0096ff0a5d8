import { provisions } from '../../drafts.ts'
import { text } from '../outcome/say.ts'
import type { Scheme } from '../outcome/scheme.ts'

const OPEN = [
  { id: 'secure-boot-enabled', command: 'vcgencmd otp_dump' },
  { id: 'key-digest', command: 'vcgencmd otp_dump, rows 47 to 54' },
] as const

export const BOOT: Scheme = {
  name: 'rpi',
  it: text('The Raspberry Pi boot image', 'Das Raspberry-Pi-Boot-Image'),
  of: text('of the Raspberry Pi boot image', 'des Raspberry-Pi-Boot-Images'),
  provisions: provisions(['5.7-1']),
  repeat: 'rpi-eeprom-digest -i FILE -k PUBLIC.pem -v FILE.sig',
  enforcement:
    'open: that signed boot is burnt into the OTP of a unit, and the digest of which key: vcgencmd otp_dump, vcgencmd bootloader_config',
  chain: { scheme: 'raspberry-pi-boot', demand: 'hardware', open: OPEN, form: 'rpi-key-sha256' },
}

export const EEPROM: Scheme = {
  ...BOOT,
  it: text(
    'The configuration in the Raspberry Pi EEPROM image',
    'Die Konfiguration im Raspberry-Pi-EEPROM-Image',
  ),
  of: text('of the configuration in the EEPROM image', 'der Konfiguration im EEPROM-Image'),
  chain: { ...BOOT.chain, scheme: 'raspberry-pi-eeprom' },
}

export const BOOTCODE: Scheme = {
  ...EEPROM,
  it: text('The boot code of the Raspberry Pi', 'Der Boot-Code des Raspberry Pi'),
  of: text('of the boot code of the Raspberry Pi', 'des Boot-Codes des Raspberry Pi'),
  repeat: 'openssl pkeyutl -verify over the digest of all bytes before the signature, with the key behind it',
}
