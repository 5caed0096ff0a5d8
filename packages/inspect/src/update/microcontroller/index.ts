import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import '../../secure-boot/esp/facts.ts'
import '../../secure-boot/mcuboot/facts.ts'
import '../mechanism/facts.ts'
import { concludeFirmware } from './conclude.ts'
import './facts.ts'
import { LITERALS, lookAtFirmware, SETTINGS_FILE, STORED } from './look.ts'

export const microcontrollerCheck: Check = {
  id: 'update.microcontroller',
  version: 1,
  title: {
    en: 'How firmware of microcontrollers is updated',
    de: 'Wie Firmware von Mikrocontrollern aktualisiert wird',
  },
  provisions: provisions(['5.3-1', '5.3-2', '5.3-7', '5.3-9', '5.3-10', '5.5-1']),
  cases: cases('5.3-1-1', '5.3-2-1', '5.3-7-1', '5.3-9-1', '5.3-10-1', '5.5-1-2'),
  input: ['image'],
  canShow: {
    en: 'Which update clients the texts of a firmware name, from where they fetch, whether they are built to check server and signature, which slots there are, and which counters refuse older versions.',
    de: 'Welche Update-Clients die Texte einer Firmware nennen, woher sie laden, ob sie dafür gebaut sind, Server und Signatur zu prüfen, welche Slots es gibt und welche Zähler ältere Versionen abweisen.',
  },
  cannotShow: {
    en: 'That the code is called, which server it is given at run time, and what the fuses of the chip hold.',
    de: 'Dass der Code aufgerufen wird, welchen Server er zur Laufzeit bekommt und was die Fuses des Chips enthalten.',
  },
  states: [],
  wants: { formats: ['esp-image', 'esp-otadata'], paths: [SETTINGS_FILE, STORED], literals: true },
  literals: LITERALS,
  needs: ['boot.esp.image', 'boot.esp.table', 'boot.mcuboot.image', 'boot.mcuboot.key', 'key.private'],
  gives: ['update.firmware-texts', 'update.part', 'update.system'],
  look: lookAtFirmware,
  conclude: concludeFirmware,
}
