import type { Text } from '@messlatte/model'
import { GENERIC_COMMAND } from './say.ts'

/** What is told in words between commands or in their place; a command itself is the same in every language. */
const GERMAN: Readonly<Record<string, string>> = {
  [GENERIC_COMMAND]:
    'je nach Chip: hab_status und fuse read (U-Boot, NXP i.MX); espefuse summary --format json (ESP32); STM32_Programmer_CLI -ob displ und -otp displ (STM32); rkdeveloptool, Werkzeuge des Herstellers',
  'strings and hexdump of the OP-TEE core as it is read out, beside the modulus of the key':
    'strings und hexdump des ausgelesenen OP-TEE-Kerns, neben dem Modul des Schlüssels',
  'vcgencmd otp_dump, rows 47 to 54': 'vcgencmd otp_dump, Zeilen 47 bis 54',
  'fuse read BANK WORD 8 (U-Boot), the SRK words by the manual of the processor':
    'fuse read BANK WORD 8 (U-Boot), die SRK-Wörter nach dem Handbuch des Prozessors',
  'fuse read BANK WORD (U-Boot), the fuse version by the manual of the processor':
    'fuse read BANK WORD (U-Boot), die Version in den Sicherungen nach dem Handbuch des Prozessors',
  'fuse read BANK WORD (U-Boot), SRK_REVOKE by the manual of the processor':
    'fuse read BANK WORD (U-Boot), SRK_REVOKE nach dem Handbuch des Prozessors',
  'fuse read BANK WORD (U-Boot), JTAG_SMODE by the manual of the processor':
    'fuse read BANK WORD (U-Boot), JTAG_SMODE nach dem Handbuch des Prozessors',
  'start of a unit with one byte of BL2 changed, and its console':
    'Start eines Geräts mit einem geänderten Byte in BL2, und seine Konsole',
  'fuse read of the ROTPK words, by the manual of the platform':
    'fuse read der ROTPK-Wörter, nach dem Handbuch der Plattform',
  'fuse read of the NV counters, by the manual of the platform':
    'fuse read der NV-Zähler, nach dem Handbuch der Plattform',
  'the OTP words of secure boot, read as the manual of the processor tells':
    'die OTP-Wörter des sicheren Starts, gelesen nach dem Handbuch des Prozessors',
  'the OTP words of the key digest, read as the manual of the processor tells':
    'die OTP-Wörter des Schlüssel-Hashes, gelesen nach dem Handbuch des Prozessors',
  'sunxi-fel readl ADDRESS (the word of the secure bit, by the manual of the processor)':
    'sunxi-fel readl ADDRESS (das Wort mit dem Secure-Bit, nach dem Handbuch des Prozessors)',
  'sunxi-fel readl ADDRESS (the ROTPK words of the SID, by the manual of the processor)':
    'sunxi-fel readl ADDRESS (die ROTPK-Wörter der SID, nach dem Handbuch des Prozessors)',
  'uart_boot_socid.py (TI): the kind of the device in what the ROM sends over its serial line':
    'uart_boot_socid.py (TI): die Art des Bausteins in dem, was das ROM über seine serielle Leitung sendet',
  'uart_boot_socid.py (TI): the digest of the key in what the ROM sends over its serial line':
    'uart_boot_socid.py (TI): der Hash des Schlüssels in dem, was das ROM über seine serielle Leitung sendet',
}

/** As a laboratory types or does it. */
export function commandText(command: string): Text {
  return { en: command, de: Object.hasOwn(GERMAN, command) ? GERMAN[command]! : command }
}
